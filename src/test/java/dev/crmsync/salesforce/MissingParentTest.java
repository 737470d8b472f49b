package dev.crmsync.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which relation Salesforce's words name. */
class MissingParentTest {

    private static final String KEY = "Pivotal_Key__c";

    private final ObjectNode fields = JsonNodeFactory.instance.objectNode().put("Name", "Task");
    private final Upsert task = new Upsert("Pivotal_Task__c", KEY, "t:tsk_1", fields, false);

    @Test
    void onlyTheRelationThatSalesforceNamesIsMeant() {
        relate("Account__r", "t:Cus_1");
        relate("Onboarding__r", "t:onb_1");
        relate("Twin__r", "t:cus_12");

        assertThat(missing("t:onb_1", "Pivotal_Onboarding__c").relationsOf(task))
                .containsExactly("Onboarding__r");
        assertThat(missing("t:cus_1", "Account").relationsOf(task)).containsExactly("Account__r");
        assertThat(missing("t:cus_1", "Account").isOf(task)).isFalse();
    }

    @Test
    void allRelationsAreMeantWhenSalesforceNamesNoneOfThem() {
        relate("Account__r", "t:cus_1");
        relate("Onboarding__r", "t:onb_1");

        assertThat(missing("something else", "Account").relationsOf(task))
                .containsExactlyInAnyOrder("Account__r", "Onboarding__r");
    }

    @Test
    void aRecordIsItsOwnParentOnlyWithinItsObject() {
        relate("Previous__r", "t:tsk_1");

        assertThat(missing("t:tsk_1", "Pivotal_Task__c").isOf(task)).isTrue();
        assertThat(missing("t:tsk_1", "Account").isOf(task)).isFalse();
    }

    private void relate(String relation, String key) {
        fields.putObject(relation).put(KEY, key);
    }

    private static MissingParentException missing(String key, String entity) {
        String message = "Foreign key external ID: " + key + " not found for field " + KEY + " in entity " + entity;
        return new MissingParentException(
                new Failure(FailureClass.MISSING_PARENT, "INVALID_FIELD", 200, List.of(), message));
    }
}
