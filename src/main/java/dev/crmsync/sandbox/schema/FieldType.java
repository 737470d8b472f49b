package dev.crmsync.sandbox.schema;

import java.util.Locale;

/** Field types by the names that a describe answer uses for them. */
public enum FieldType {
    ID("tns:ID"),
    STRING("xsd:string"),
    TEXTAREA("xsd:string"),
    EMAIL("xsd:string"),
    PHONE("xsd:string"),
    URL("xsd:string"),
    PICKLIST("xsd:string"),
    BOOLEAN("xsd:boolean"),
    INT("xsd:int"),
    DOUBLE("xsd:double"),
    CURRENCY("xsd:double"),
    PERCENT("xsd:double"),
    DATE("xsd:date"),
    DATETIME("xsd:dateTime"),
    REFERENCE("tns:ID"),
    ADDRESS("urn:address");

    private final String soapType;

    FieldType(String soapType) {
        this.soapType = soapType;
    }

    /** The type's name on the wire, for example {@code datetime}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type's name in SOAP terms, for example {@code xsd:dateTime}; a describe answer carries both. */
    public String soapType() {
        return soapType;
    }

    /** Whether values are text with a greatest length. */
    public boolean isText() {
        return switch (this) {
            case STRING, TEXTAREA, EMAIL, PHONE, URL, PICKLIST -> true;
            default -> false;
        };
    }

    /** Whether values are decimal numbers with precision and scale. */
    public boolean isDecimal() {
        return this == DOUBLE || this == CURRENCY || this == PERCENT;
    }

    /** Whether values are record ids. */
    public boolean isId() {
        return this == ID || this == REFERENCE;
    }

    /** The type that a describe answer, the metadata or the list of standard fields calls {@code wireName}. */
    public static FieldType of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
