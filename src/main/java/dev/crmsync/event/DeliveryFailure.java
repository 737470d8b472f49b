package dev.crmsync.event;

import java.util.List;

/** What every exception says that ends an attempt to deliver an event, for its history and its dead letter. */
public interface DeliveryFailure {

    /** How it failed, such as {@code permanent}. */
    String errorClass();

    /** The other side's error code, such as {@code STRING_TOO_LONG}. */
    String errorCode();

    /** The fields it complains about, possibly none. */
    List<String> errorFields();

    /** The other side's text; it may quote personal data, so it is stored but never logged. */
    String errorText();
}
