package dev.crmsync.sandbox.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormulaTest {
    private static final Map<String, Object> BEFORE = Map.of("Score", new BigDecimal("5"), "Name", "Old");
    private static final Map<String, Object> AFTER = Map.of("Score", new BigDecimal("3"), "Name", "Old", "Phase", "x");

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            TRUE                                    ; true
            NOT(TRUE)                               ; false
            !FALSE && TRUE                          ; true
            FALSE || (TRUE && FALSE)                ; false
            Score < PRIORVALUE(Score)               ; true
            Score >= 3                              ; true
            Score = 3.0                             ; true
            Score <> 3                              ; false
            Name = "Old"                            ; true
            Name != "O\\"ld"                        ; true
            ISCHANGED(Score)                        ; true
            ISCHANGED(Name)                         ; false
            ISCHANGED(Phase)                        ; true
            ISBLANK(Phase)                          ; false
            ISBLANK(Nothing)                        ; true
            ISBLANK(PRIORVALUE(Phase))              ; true
            Nothing < 3                             ; false
            Nothing = NULL                          ; true
            AND(ISNEW(), TRUE)                      ; false
            $Permission.Granted                     ; true
            NOT($Permission.Denied)                 ; true
            OR(ISNEW(), Score > 2, Score > 100)     ; true
            """)
    void aChangeIsJudged(String formula, boolean holds) {
        assertThat(Formula.parse(formula, Set.of("Granted", "Denied")).holds(saving(BEFORE)))
                .isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ISNEW()                     | true
            ISCHANGED(Score)            | false
            Score < PRIORVALUE(Score)   | false
            """)
    void aNewRecordHasNoPast(String formula, boolean holds) {
        assertThat(Formula.parse(formula, Set.of("Granted", "Denied")).holds(saving(null)))
                .isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "AND(",
                "1 +",
                "VLOOKUP(a)",
                "a b",
                "NOT(a, b)",
                "a ~ b",
                "PRIORVALUE(a",
                "$Permission.Unknown",
                "$User.Id"
            })
    void whatItCannotReadIsRefused(String formula) {
        assertThatThrownBy(() -> Formula.parse(formula, Set.of("Granted", "Denied")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(formula);
    }

    private static Formula.Record saving(Map<String, Object> before) {
        return new Formula.Record() {
            @Override
            public Object value(String field) {
                return AFTER.get(field);
            }

            @Override
            public Object priorValue(String field) {
                return new HashMap<>(before == null ? AFTER : before).get(field);
            }

            @Override
            public boolean isNew() {
                return before == null;
            }

            @Override
            public boolean permitted(String customPermission) {
                return customPermission.equals("Granted");
            }
        };
    }
}
