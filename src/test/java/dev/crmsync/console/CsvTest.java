package dev.crmsync.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "|cmd", "%x"})
    void whatASpreadsheetWouldComputeBecomesText(String text) {
        assertThat(Csv.cell(text)).startsWith("\"'");
    }

    @Test
    void otherTextsStayAsTheyAre() {
        assertThat(Csv.cell("customer:cus_1")).isEqualTo("\"customer:cus_1\"");
        assertThat(Csv.cell("say \"hi\", please")).isEqualTo("\"say \"\"hi\"\", please\"");
        assertThat(Csv.cell("")).isEqualTo("\"\"");
        assertThat(Csv.cell(null)).isEmpty();
    }
}
