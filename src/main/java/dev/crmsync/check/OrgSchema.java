package dev.crmsync.check;

import java.util.Optional;

/** The objects that an org shows to crm-sync. */
@FunctionalInterface
public interface OrgSchema {

    /** The object of that API name, or empty when there is none or it may not be seen. */
    Optional<OrgObject> object(String name);
}
