package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.BerthException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CronTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @Tag("HO-63")
    @CsvSource(delimiter = '|', textBlock = """
            */5 * * * * * *        | 2026-01-01T08:00:05 2026-01-01T08:00:10 2026-01-01T08:00:15
            0 0 2 1 * * *          | 2026-02-01T02:00:00 2026-03-01T02:00:00 2026-04-01T02:00:00
            0 15 10 * * MON-FRI *  | 2026-01-01T10:15:00 2026-01-02T10:15:00 2026-01-05T10:15:00
            0 0 10,14,16 * * * *   | 2026-01-01T10:00:00 2026-01-01T14:00:00 2026-01-01T16:00:00 2026-01-02T10:00:00
            0 */30 9-17 * * * *    | 2026-01-01T09:00:00 2026-01-01T09:30:00 2026-01-01T10:00:00
            0 0 12 * * WED *       | 2026-01-07T12:00:00 2026-01-14T12:00:00 2026-01-21T12:00:00
            """)
    void theExamplesOfTheDocumentationInTheZoneOfThePlatform(String expression, String times) {
        assertThat(times(expression, "2026-01-01T08:00:00", times)).isEqualTo(times);
    }

    @ParameterizedTest
    @Tag("HO-62")
    @CsvSource(delimiter = '|', textBlock = """
            0 0 12 13 * FRI *          | 2026-01-02T12:00:00 2026-01-09T12:00:00 2026-01-13T12:00:00 2026-01-16T12:00:00
            0 0 12 1,31 * 0 2026       | 2026-01-01T12:00:00 2026-01-04T12:00:00 2026-01-11T12:00:00
            0 0 0 29 2 MON *           | 2026-02-02T00:00:00 2026-02-09T00:00:00 2026-02-16T00:00:00 2026-02-23T00:00:00 2027-02-01T00:00:00
            0 0 12 13 * * *            | 2026-01-13T12:00:00 2026-02-13T12:00:00
            0 0 12 * * FRI *           | 2026-01-02T12:00:00 2026-01-09T12:00:00
            """)
    void dayOfMonthAndDayOfWeekGivenMeanEither(String expression, String times) {
        assertThat(times(expression, "2026-01-01T08:00:00", times)).isEqualTo(times);
    }

    @ParameterizedTest
    @Tag("HO-61")
    @CsvSource(delimiter = '|', textBlock = """
            0 1/10 * * * * *           | 2026-01-01T08:01:00 2026-01-01T08:11:00 2026-01-01T08:21:00
            0 0 0 1/10 * * *           | 2026-01-11T00:00:00 2026-01-21T00:00:00 2026-01-31T00:00:00 2026-02-01T00:00:00
            0 1-20/7,40,58-59 8 * * * *| 2026-01-01T08:01:00 2026-01-01T08:08:00 2026-01-01T08:15:00 2026-01-01T08:40:00 2026-01-01T08:58:00
            0 0 12 * * */3 *           | 2026-01-03T12:00:00 2026-01-04T12:00:00 2026-01-07T12:00:00
            0 0 12 * * SUN-tue *       | 2026-01-04T12:00:00 2026-01-05T12:00:00 2026-01-06T12:00:00 2026-01-11T12:00:00
            0 0 0 1 jan-3,DEC * *      | 2026-02-01T00:00:00 2026-03-01T00:00:00 2026-12-01T00:00:00 2027-01-01T00:00:00
            0 0 0 1 */6 * *            | 2026-07-01T00:00:00 2027-01-01T00:00:00
            0 0 0 1 1 * 2026/3         | 2029-01-01T00:00:00 2032-01-01T00:00:00
            05 08 09 * * * *           | 2026-01-01T09:08:05 2026-01-02T09:08:05
            """)
    void stepsRangesListsAndNames(String expression, String times) {
        assertThat(times(expression, "2026-01-01T08:00:00", times)).isEqualTo(times);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 0 0 29 2 * *             | 2028-02-29T00:00:00 2032-02-29T00:00:00
            0 0 0 31 * * *             | 2026-01-31T00:00:00 2026-03-31T00:00:00 2026-05-31T00:00:00
            59 59 23 31 12 * *         | 2026-12-31T23:59:59 2027-12-31T23:59:59
            0 0 0 1 1 * 2099           | 2099-01-01T00:00:00
            """)
    void daysThatNotEveryMonthHas(String expression, String times) {
        assertThat(times(expression, "2026-01-01T08:00:00", times)).isEqualTo(times);
    }

    @ParameterizedTest
    @CsvSource({"0 0 0 1 1 * 2025", "0 0 0 30 2 * *", "0 0 0 29 2 * 2026-2027", "* * * * * * 1970"})
    void whatNeverComesAgainHasNoNextTime(String expression) {
        assertThat(Cron.parse(expression).next(shanghai("2026-01-01T00:00:00"), Cron.DEFAULT_ZONE))
                .isEmpty();
    }

    @Test
    void theLastSecondThereIsHasNoNextTime() {
        Cron cron = Cron.parse("* * * * * * *");
        assertThat(cron.next(shanghai("2099-12-31T23:59:58"), Cron.DEFAULT_ZONE))
                .contains(shanghai("2099-12-31T23:59:59"));
        assertThat(cron.next(shanghai("2099-12-31T23:59:59"), Cron.DEFAULT_ZONE))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "*/5 * * * * * *, 2026-01-01T00:00:05Z, 2026-01-01T00:00:10Z",
        "*/5 * * * * * *, 2026-01-01T00:00:04.999999999Z, 2026-01-01T00:00:05Z",
        "*/5 * * * * * *, 2026-01-01T00:00:05.000000001Z, 2026-01-01T00:00:10Z",
        "* * * * * * *, 2026-01-01T00:00:05Z, 2026-01-01T00:00:06Z",
        "* * * * * * *, 2026-01-01T00:00:05.739299830Z, 2026-01-01T00:00:06Z",
        "* * * * * * *, 2026-01-01T00:00:59.5Z, 2026-01-01T00:01:00Z",
        "0 * * * * * *, 2026-01-01T00:00:00.5Z, 2026-01-01T00:01:00Z"
    })
    void nextIsLaterThanNowAndAtAWholeSecond(String expression, Instant now, Instant next) {
        assertThat(Cron.parse(expression).next(now, Cron.DEFAULT_ZONE)).contains(next);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 30 2 * * * *    | 2026-03-28T02:30:00+01:00 2026-03-29T03:00:00+02:00 2026-03-30T02:30:00+02:00
            0 */20 2 * * * *  | 2026-03-28T02:00:00+01:00 2026-03-28T02:20:00+01:00 2026-03-28T02:40:00+01:00 2026-03-29T03:00:00+02:00 2026-03-30T02:00:00+02:00
            0 0 2,3 * * * *   | 2026-03-28T02:00:00+01:00 2026-03-28T03:00:00+01:00 2026-03-29T03:00:00+02:00 2026-03-30T02:00:00+02:00
            0 30 */12 * * * * | 2026-03-28T12:30:00+01:00 2026-03-29T00:30:00+01:00 2026-03-29T12:30:00+02:00
            """)
    void aTimeThatTheClockJumpsOverRunsAtTheJump(String expression, String times) {
        assertThat(timesInBerlin(expression, "2026-03-28T01:00:00+01:00", times))
                .isEqualTo(times);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 30 2 * * * *      | 2026-10-25T02:30:00+02:00 2026-10-26T02:30:00+01:00
            0 0,30 2 * * * *    | 2026-10-25T02:00:00+02:00 2026-10-25T02:30:00+02:00 2026-10-26T02:00:00+01:00
            0 15 1-3 * * * *    | 2026-10-25T01:15:00+02:00 2026-10-25T02:15:00+02:00 2026-10-25T03:15:00+01:00
            """)
    void aTimeThatComesTwiceRunsOnce(String expression, String times) {
        assertThat(timesInBerlin(expression, "2026-10-25T00:00:00+02:00", times))
                .isEqualTo(times);
    }

    @Test
    void whatRunsEveryHourGoesByTheTimeThatPasses() {
        String expression = "0 */30 * * * * *";
        String back =
                "2026-10-25T02:30:00+02:00 2026-10-25T02:00:00+01:00 2026-10-25T02:30:00+01:00 2026-10-25T03:00:00+01:00";
        assertThat(timesInBerlin(expression, "2026-10-25T02:00:00+02:00", back)).isEqualTo(back);
        String forth = "2026-03-29T01:30:00+01:00 2026-03-29T03:00:00+02:00 2026-03-29T03:30:00+02:00";
        assertThat(timesInBerlin(expression, "2026-03-29T01:00:00+01:00", forth))
                .isEqualTo(forth);
    }

    @Test
    void aFarTimeIsFoundThroughAllChangesOfTheClock() {
        assertThat(Cron.parse("0 0 * 1 7 * 2090").next(Instant.parse("2026-01-01T00:00:00Z"), BERLIN))
                .contains(OffsetDateTime.parse("2090-07-01T00:00:00+02:00").toInstant());
    }

    @ParameterizedTest
    @Tag("HO-61")
    @CsvSource(delimiter = '|', textBlock = """
            60 * * * * * *     | cron: second: 60 (expected: 0 to 59)
            * 1-60 * * * * *   | cron: minute: 1-60 (expected: 0 to 59)
            * * 24 * * * *     | cron: hour: 24 (expected: 0 to 23)
            * * 22-3 * * * *   | cron: hour: 22-3 (expected: 0 to 23)
            * * * 0 * * *      | cron: day of month: 0 (expected: 1 to 31)
            * * * * FOO * *    | cron: month: FOO (expected: 1 to 12, or JAN to DEC)
            * * * * MON * *    | cron: month: MON (expected: 1 to 12, or JAN to DEC)
            * * * * * 7 *      | cron: day of week: 7 (expected: 0 to 6, or SUN to SAT; 0 is Sunday)
            * * * * * * 1969   | cron: year: 1969 (expected: 1970 to 2099)
            * * * * * * 2100   | cron: year: 2100 (expected: 1970 to 2099)
            */0 * * * * * *    | cron: second: */0 (expected: 0 to 59, a step from 1 to the last)
            * * * * * */7 *    | cron: day of week: */7 (expected: 0 to 6, or SUN to SAT; 0 is Sunday, a step from 1 to the last)
            0 0 H * * * *      | cron: hour: H (expected: a number
            '0 0|1 * * * * *'  | cron: minute: 0|1 (expected: a number
            +5 * * * * * *     | cron: second: +5 (expected: a number
            5, * * * * * *     | cron: second: 5, (expected: a number
            1/2/3 * * * * * *  | cron: second: 1/2/3 (expected: a number
            *-5 * * * * * *    | cron: second: *-5 (expected: a number
            * * * ? * * *      | cron: day of month: ? (expected: a number
            * * * L * * *      | cron: day of month: L (expected: a number
            * * * * * 1#2 *    | cron: day of week: 1#2 (expected: a number
            """)
    void aWrongFieldIsNamed(String expression, String message) {
        assertThatThrownBy(() -> Cron.parse(expression)).isInstanceOfSatisfying(BerthException.class, refused -> {
            assertThat(refused.problem().code()).isEqualTo("INVALID_TRIGGER");
            assertThat(refused.problem().message()).startsWith(message);
            assertThat(refused.problem().hint()).contains("0 0 2 * * * *");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 2 * * *         | 5 fields | 0 0 2 * * * *
            0 0 2 * * *       | 6 fields | 0 0 2 * * * *
            0 0 2 * * * * *   | 8 fields | 0 0 2 * * * *
            @daily            | 1 fields | 0 0 2 * * * *
            """)
    void anotherNumberOfFieldsIsToldWithWhatWeChatWants(String expression, String count, String hint) {
        assertThatThrownBy(() -> Cron.parse(expression)).isInstanceOfSatisfying(BerthException.class, refused -> {
            assertThat(refused.problem().message())
                    .contains(count, "7, as WeChat wants: second, minute, hour, day of month");
            assertThat(refused.problem().hint()).contains(hint);
        });
    }

    @Test
    void tellsTheFaultOfAnExpressionOrNone() {
        assertThat(Cron.fault("* * 24 * * * *")).contains("cron: hour: 24 (expected: 0 to 23)");
        assertThat(Cron.fault("* * 23 * * * *")).isEmpty();
    }

    @Test
    void whitespaceOfAnyKindSeparates() {
        assertThat(Cron.parse("  0 0\t2   * * * *\n").next(shanghai("2026-01-01T00:00:00"), Cron.DEFAULT_ZONE))
                .contains(shanghai("2026-01-01T02:00:00"));
    }

    /** As many as are expected, from then on. */
    private static String times(String expression, String from, String expected) {
        return all(expression, shanghai(from), Cron.DEFAULT_ZONE, expected)
                .map(time ->
                        "%tF %<tT".formatted(time.atZone(Cron.DEFAULT_ZONE)).replace(' ', 'T'));
    }

    private static String timesInBerlin(String expression, String from, String expected) {
        return all(expression, OffsetDateTime.parse(from).toInstant(), BERLIN, expected)
                .map(time -> time.atZone(BERLIN).toOffsetDateTime().format(DateTimeFormatter.ISO_OFFSET_DATE_TIME));
    }

    private static Times all(String expression, Instant from, ZoneId zone, String expected) {
        Cron cron = Cron.parse(expression);
        List<Instant> times = new ArrayList<>();
        Optional<Instant> next = cron.next(from, zone);
        for (int more = expected.split(" ").length; more > 0 && next.isPresent(); more--) {
            times.add(next.get());
            next = cron.next(next.get(), zone);
        }
        return new Times(times);
    }

    private record Times(List<Instant> all) {
        String map(Function<Instant, String> form) {
            return String.join(" ", all.stream().map(form).toList());
        }
    }

    private static Instant shanghai(String time) {
        return LocalDateTime.parse(time).atZone(Cron.DEFAULT_ZONE).toInstant();
    }
}
