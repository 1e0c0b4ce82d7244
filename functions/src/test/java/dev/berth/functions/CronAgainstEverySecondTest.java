package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random expressions against a look at every second of some hours around midnight: a time is due if each of its parts is in the field. */
@Tag("HO-62")
final class CronAgainstEverySecondTest {
    private static final ZoneId ZONE = Cron.DEFAULT_ZONE;
    private static final Duration SPAN = Duration.ofHours(2);
    private static final int EXPRESSIONS = 120;

    private final Random random = new Random(20260101);

    @Test
    void theSameTimes() {
        int due = 0;
        for (int i = 0; i < EXPRESSIONS; i++) {
            List<Field> fields = List.of(
                    field(0, 59, 2),
                    field(0, 59, 3),
                    field(0, 23, 2),
                    field(1, 31, 2),
                    field(1, 12, 6),
                    field(0, 6, 2),
                    field(2026, 2030, 6));
            String expression = fields.stream().map(Field::text).collect(Collectors.joining(" "));
            Instant from = LocalDateTime.of(2026 + random.nextInt(3), 1 + random.nextInt(12), 1, 23, 0)
                    .plusDays(random.nextInt(31))
                    .atZone(ZONE)
                    .toInstant();
            List<Instant> expected = everySecond(fields, from);
            assertThat(times(Cron.parse(expression), from.plusNanos(random.nextInt(1_000_000_000))))
                    .as("%s from %s", expression, from)
                    .isEqualTo(expected);
            due += expected.isEmpty() ? 0 : 1;
        }
        assertThat(due).as("expressions with a time in the span").isGreaterThan(EXPRESSIONS / 4);
    }

    private static List<Instant> times(Cron cron, Instant from) {
        List<Instant> times = new ArrayList<>();
        Instant end = from.truncatedTo(ChronoUnit.SECONDS).plus(SPAN);
        cron.next(from, ZONE).ifPresent(times::add);
        while (!times.isEmpty() && times.getLast().isBefore(end)) {
            cron.next(times.getLast(), ZONE).ifPresentOrElse(times::add, () -> times.add(end));
        }
        if (!times.isEmpty()) {
            times.removeLast(); // not before the end
        }
        return times;
    }

    private static List<Instant> everySecond(List<Field> fields, Instant from) {
        return IntStream.range(1, (int) SPAN.toSeconds())
                .mapToObj(from::plusSeconds)
                .filter(time -> isDue(fields, LocalDateTime.ofInstant(time, ZONE)))
                .toList();
    }

    private static boolean isDue(List<Field> fields, LocalDateTime time) {
        boolean dayOfMonth = fields.get(3).has(time.getDayOfMonth());
        boolean dayOfWeek = fields.get(5).has(time.getDayOfWeek().getValue() % 7);
        boolean both = fields.get(3).text().equals("*") || fields.get(5).text().equals("*");
        return fields.get(0).has(time.getSecond())
                && fields.get(1).has(time.getMinute())
                && fields.get(2).has(time.getHour())
                && (both ? dayOfMonth && dayOfWeek : dayOfMonth || dayOfWeek)
                && fields.get(4).has(time.getMonthValue())
                && fields.get(6).has(time.getYear());
    }

    private record Field(String text, BitSet values) {
        boolean has(int value) {
            return values.get(value);
        }
    }

    /** @param stars of this many fields about one is restricted */
    private Field field(int least, int most, int stars) {
        BitSet values = new BitSet();
        if (random.nextInt(stars) > 0) {
            values.set(least, most + 1);
            return new Field("*", values);
        }
        List<String> items = new ArrayList<>();
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            items.add(item(least, most, values));
        }
        return new Field(String.join(",", items), values);
    }

    private String item(int least, int most, BitSet values) {
        int first = least + random.nextInt(most - least + 1);
        int last = first + random.nextInt(most - first + 1);
        int step = 2 + random.nextInt(Math.min(most - least - 1, 20));
        return switch (random.nextInt(4)) {
            case 0 -> put(values, first, first, 1, "%d".formatted(first));
            case 1 -> put(values, first, last, 1, "%d-%d".formatted(first, last));
            case 2 -> put(values, first, last, step, "%d-%d/%d".formatted(first, last, step));
            default -> put(values, first, most >= 2026 ? 2099 : most, step, "%d/%d".formatted(first, step));
        };
    }

    private static String put(BitSet values, int first, int last, int step, String text) {
        for (int value = first; value <= last; value += step) {
            values.set(value);
        }
        return text;
    }
}
