package dev.crmsync.event;

import java.util.List;

/**
 * Writes down the way of events for a tracing system. All spans of one event belong to one trace, from its receipt across
 * the inbox to Salesforce.
 */
public interface Tracing {

    /** Writes nothing down. */
    Tracing OFF = (step, what, parent) -> Span.NONE;

    /**
     * Begins a step of one event.
     *
     * @param what names the span together with the step, such as {@code pivotal}
     * @param parent the W3C {@code traceparent} of what led here; without a valid one the step begins a new trace
     */
    Span begin(Step step, String what, String parent);

    /** What is done with an event. */
    enum Step {
        /** From the request to its answer. */
        RECEIVE,
        /** One attempt, from the inbox to its end. */
        DELIVER
    }

    /** A part of a trace under way. Safe for use by one thread after the other. */
    interface Span {

        /** Of an event that nobody follows. */
        Span NONE = new Span() {
            @Override
            public boolean isRecorded() {
                return false;
            }

            @Override
            public String traceparent() {
                return null;
            }

            @Override
            public Span begin(String what) {
                return this;
            }

            @Override
            public Span beginCall(String what, List<Span> carried) {
                return this;
            }

            @Override
            public void tag(String name, String value) {}

            @Override
            public void end(String error) {}
        };

        /** False when nothing of it will be seen. */
        boolean isRecorded();

        /** The W3C {@code traceparent} by which others continue this trace, or null. */
        String traceparent();

        /** Begins a part of this span. */
        Span begin(String what);

        /**
         * Begins a call to another system as a part of this span, and links it with all that it carries.
         *
         * @param carried recorded spans of the same tracing that wait for the call
         */
        Span beginCall(String what, List<Span> carried);

        /** @param value left out when null */
        void tag(String name, String value);

        /** @param error what went wrong, without personal data, or null */
        void end(String error);
    }
}
