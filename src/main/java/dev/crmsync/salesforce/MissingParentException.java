package dev.crmsync.salesforce;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A related record is not there yet: see {@link FailureClass#MISSING_PARENT}. */
public final class MissingParentException extends SalesforceFailureException {

    private static final long serialVersionUID = 1L;

    public MissingParentException(Failure failure) {
        super(failure);
    }

    /**
     * The relations of the upsert that Salesforce cannot make: those whose external id its message names, as in "Foreign
     * key external ID: t:1 not found for field Pivotal_Key__c in entity Account"; all, where it names none of them.
     */
    Set<String> relationsOf(Upsert upsert) {
        Set<String> named = upsert.relations().entrySet().stream()
                .filter(relation -> names(relation.getValue()))
                .map(relation -> relation.getKey())
                .collect(Collectors.toSet());
        return named.isEmpty() ? upsert.relations().keySet() : named;
    }

    /** True when the missing record is the upsert's own, which names itself as its parent. */
    boolean isOf(Upsert upsert) {
        return names(new ExternalKey(upsert.keyField(), upsert.key()))
                && text().endsWith(" in entity " + upsert.object().toLowerCase(Locale.ROOT));
    }

    /** Salesforce may write external ids in small letters, since it does not tell them apart. */
    private boolean names(ExternalKey parent) {
        return text().contains((": " + parent.value() + " not found for field " + parent.field() + " in entity ")
                .toLowerCase(Locale.ROOT));
    }

    private String text() {
        return getFailure().message().toLowerCase(Locale.ROOT);
    }
}
