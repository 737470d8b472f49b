package dev.crmsync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.sandbox.Client.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PageTest {
    @RegisterExtension
    final RunningSandbox sandbox = new RunningSandbox();

    private Client client;

    @BeforeEach
    void client() {
        client = sandbox.client();
    }

    @Test
    void anEmptyOrgSaysSo() {
        Answer page = client.call("GET", "/", "");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(page.text()).contains("Accounts", "Contacts", "None yet.", "http-equiv=\"refresh\"");
    }

    @Test
    void recordsAndWritesAppear() {
        String id = client.upsert("Account", "Pivotal_Key__c", "org:1", "{\"Name\":\"Acme\"}")
                .json()
                .path("id")
                .asText();

        assertThat(client.call("GET", "/", "").text())
                .contains("<a href=\"/records/Account/" + id + "\">Acme</a>", "org:1", "create Account");
        assertThat(client.call("GET", "/records/Account", "").text()).contains("Acme");
        assertThat(client.call("GET", "/records/Account/" + id, "").text()).contains("Pivotal Key", "<td>org:1</td>");
    }

    @Test
    void aRecordLinksToItsParent() {
        client.upsert("Account", "Pivotal_Key__c", "p", "{\"Name\":\"Acme\"}");
        String id = client.upsert(
                        "Contact", "Emporix_Key__c", "t", "{\"LastName\":\"L\",\"Account\":{\"Pivotal_Key__c\":\"p\"}}")
                .json()
                .path("id")
                .asText();

        assertThat(client.call("GET", "/records/Contact/" + id, "").text()).contains("\">Acme</a>");
    }

    @Test
    void whatSomebodyWroteIsNeverMarkup() {
        client.upsert("Account", "Pivotal_Key__c", "<i>k", "{\"Name\":\"<script>alert('x')</script>\"}");

        Answer page = client.call("GET", "/", "");

        assertThat(page.text())
                .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;", "&lt;i&gt;k")
                .doesNotContain("<script");
        assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'none'");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(client.call("GET", "/records/Nothing", "").status()).isEqualTo(404);
        assertThat(client.call("GET", "/records/Account/001Qy0000ZZZZZZ", "").status())
                .isEqualTo(404);
    }
}
