package dev.crmsync.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a mapping made by hand, and {@code key} would have refused, the upsert refuses. */
class UpsertKeysTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null        | is null, no key",
                "5           | is a whole number, no key",
                "\"\"        | has no colon between tenant and id",
                "\"5\"       | has no colon between tenant and id",
                "\"t1:\"     | has an id that is blank",
                "\"t1: \"    | has an id that is blank",
                "\"t1:null\" | has an id that is the text \"null\"",
                "\":5\"      | has a tenant that is blank",
                "\"null:5\"  | has a tenant that is the text \"null\"",
            })
    void aKeyThatSlippedThroughIsRefused(String key, String fault) {
        assertThatThrownBy(() -> upsert("{\"Emporix_Key__c\": " + key + ", \"LastName\": \"Lee\"}"))
                .isInstanceOf(RefusedValueException.class)
                .hasMessage("Contact.Emporix_Key__c " + fault);
        assertThatThrownBy(() -> upsert(
                        "{\"Emporix_Key__c\": \"t1:5\", \"Account\": {\"Emporix_Company_Key__c\": " + key + "}}"))
                .isInstanceOf(RefusedValueException.class)
                .hasMessage("Contact.Account.Emporix_Company_Key__c " + fault);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"LastName\": \"Lee\"}", "{\"Emporix_Key__c\": \"t1:5\", \"LastName\": {}}"})
    void aRecordWithoutKeyOrAnObjectWithoutOneIsRefused(String record) {
        assertThatThrownBy(() -> upsert(record)).isInstanceOf(RefusedValueException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"t1:5", "t1:a:b", "t1:customer:5"})
    void aCompleteKeyIsTaken(String key) throws Exception {
        assertThat(upsert("{\"Emporix_Key__c\": \"" + key + "\", \"Account\": {\"Emporix_Company_Key__c\": \"" + key
                                + "\", \"attributes\": {\"type\": \"Account\"}}}")
                        .key())
                .isEqualTo(key);
    }

    private static Upsert upsert(String record) throws Exception {
        return Upsert.of("Contact", "Emporix_Key__c", JSON.readTree(record), false);
    }
}
