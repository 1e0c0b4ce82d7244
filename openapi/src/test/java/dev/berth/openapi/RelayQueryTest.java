package dev.berth.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("OA-7")
@Tag("OA-12")
@Tag("OA-13")
class RelayQueryTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            value = {
                "''                                  | ''                    | ''     | ''",
                "a=1                                 | a=1                   | ''     | ''",
                "access_token=x                      | ''                    | ''     | ''",
                "access_token=x&a=1                  | a=1                   | ''     | ''",
                "a=1&access_token=x                  | a=1                   | ''     | ''",
                "a=1&access_token=x&b=2              | a=1&b=2               | ''     | ''",
                "access_token=x&access_token=y       | ''                    | ''     | ''",
                "access_token                        | ''                    | ''     | ''",
                "access%5Ftoken=x&%61ccess_token=y   | ''                    | ''     | ''",
                "b=%zz&a=%&c=%4&d=%C3                | b=%zz&a=%&c=%4&d=%C3  | ''     | ''",
                "a=1&&b==2&=&a=1                     | a=1&&b==2&=&a=1       | ''     | ''",
                "Access_Token=x&xaccess_token=y      | Access_Token=x&xaccess_token=y | '' | ''",
                "a=access_token=1                    | a=access_token=1      | ''     | ''",
                "a=1;access_token=x                  | a=1;access_token=x    | ''     | ''",
                "from_appid=wx1&a=+%20               | a=+%20                | wx1    | ''",
                "from_appid=w%78%31                  | ''                    | wx1    | ''",
                "from_appid=&a=1                     | a=1                   | ''     | ''",
                "from_appid=wx1&from_appid=wx1       | ''                    | wx1    | ''",
                "from_appid=wx1&from_appid=wx2       | ''                    | wx1 wx2| ''",
                "cloudbase_access_token=t%2E1&a=1    | a=1                   | ''     | t.1",
            })
    void takesOutWhatIsAboutIdentityAndNothingElse(String query, String rest, String fromApps, String tokens) {
        RelayQuery parsed = RelayQuery.parse(query);

        assertThat(parsed.rest()).isEqualTo(rest);
        assertThat(parsed.fromApps()).containsExactlyElementsOf(words(fromApps));
        assertThat(parsed.cloudbaseTokens()).containsExactlyElementsOf(words(tokens));
    }

    private static List<String> words(String list) {
        return Arrays.stream(list.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
