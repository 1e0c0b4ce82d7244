package dev.berth.functions;

import static com.cronutils.model.definition.CronDefinitionBuilder.defineCron;

import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * When a timer is due: seven fields with WeChat's meaning (HO-61, HO-62). Day of month and day of week both given mean
 * either; a step counts from the least value of its field or range.
 *
 * <p>WeChat's time zone has no daylight saving time. In a zone that has, an expression whose hour begins with {@code *}
 * goes by the time that passes; any other runs each of its times once: at the first of two equal times, and at the moment
 * of the jump for those that the clock jumps over.
 *
 * <p>Immutable. The calendar is cron-utils'; it is only ever asked without daylight saving time.
 */
public final class Cron {
    /** UTC+8 (HO-62). */
    public static final ZoneId DEFAULT_ZONE = ZoneId.of("Asia/Shanghai");

    private static final Pattern FIELD = Pattern.compile(
            "%1$s(,%1$s)*".formatted("(\\*|([0-9]{1,4}|[A-Za-z]{3})(-([0-9]{1,4}|[A-Za-z]{3}))?)(/[0-9]{1,4})?"));

    private static final CronParser PARSER = new CronParser(defineCron()
            .withSeconds()
            .withValidRange(0, 59)
            .withStrictRange()
            .and()
            .withMinutes()
            .withValidRange(0, 59)
            .withStrictRange()
            .and()
            .withHours()
            .withValidRange(0, 23)
            .withStrictRange()
            .and()
            .withDayOfMonth()
            .withValidRange(1, 31)
            .withStrictRange()
            .and()
            .withMonth()
            .withValidRange(1, 12)
            .withStrictRange()
            .and()
            .withDayOfWeek()
            .withValidRange(0, 6)
            .withMondayDoWValue(1)
            .withStrictRange()
            .and()
            .withYear()
            .withValidRange(1970, 2099)
            .withStrictRange()
            .and()
            .instance());

    private static final String ANY = "*";
    private static final String EXAMPLE =
            "Correct triggers in config.json and deploy again; for example, every day at two: 0 0 2 * * * *";

    private final ExecutionTime calendar;
    private final boolean everyHour;

    private Cron(ExecutionTime calendar, boolean everyHour) {
        this.calendar = calendar;
        this.everyHour = everyHour;
    }

    /** @throws BerthException {@code INVALID_TRIGGER}, naming the field, what it holds, and what it may */
    public static Cron parse(String expression) {
        List<String> given = List.of(expression.strip().split("\\s+"));
        if (given.size() != CronField.values().length) {
            throw wrongCount(expression, given.size());
        }
        Iterator<String> texts = given.iterator();
        Map<CronField, String> fields = new EnumMap<>(CronField.class);
        for (CronField field : CronField.values()) {
            fields.put(field, texts.next());
        }
        fields.forEach(Cron::requireForm);
        try {
            return new Cron(
                    calendar(field -> fields.getOrDefault(field, ANY)),
                    fields.getOrDefault(CronField.HOUR, ANY).startsWith(ANY));
        } catch (IllegalArgumentException e) {
            fields.forEach(Cron::requireValues); // the library does not name the field
            throw e;
        }
    }

    /** Why {@link #parse} would refuse this; empty if it would not. */
    public static Optional<String> fault(String expression) {
        try {
            parse(expression);
            return Optional.empty();
        } catch (BerthException refused) {
            return Optional.of(refused.problem().message());
        }
    }

    /** The first time after this one; empty if it never comes. Whole seconds. */
    public Optional<Instant> next(Instant after, ZoneId zone) {
        return everyHour ? nextOfTimePassing(after, zone.getRules()) : nextOfClock(after, zone.getRules());
    }

    /** From one change of the offset to the next, as if there were none. */
    private Optional<Instant> nextOfTimePassing(Instant after, ZoneRules rules) {
        Instant since = after;
        LocalDateTime from = LocalDateTime.ofInstant(after, rules.getOffset(after));
        while (true) {
            ZoneOffset offset = rules.getOffset(since);
            Optional<Instant> next = next(from).map(time -> time.toInstant(offset));
            ZoneOffsetTransition change = rules.nextTransition(since);
            if (next.isEmpty() || change == null || next.get().isBefore(change.getInstant())) {
                return next;
            }
            since = change.getInstant();
            from = change.getDateTimeAfter().minusSeconds(1);
        }
    }

    private Optional<Instant> nextOfClock(Instant after, ZoneRules rules) {
        Optional<LocalDateTime> time = next(LocalDateTime.ofInstant(after, rules.getOffset(after)));
        while (time.isPresent()) {
            Instant next = instant(time.get(), rules);
            if (next.isAfter(after)) {
                return Optional.of(next);
            }
            time = next(time.get());
        }
        return Optional.empty();
    }

    private static Instant instant(LocalDateTime time, ZoneRules rules) {
        List<ZoneOffset> offsets = rules.getValidOffsets(time);
        return offsets.isEmpty() ? rules.getTransition(time).getInstant() : time.toInstant(offsets.getFirst());
    }

    private Optional<LocalDateTime> next(LocalDateTime after) {
        ZonedDateTime whole =
                after.truncatedTo(ChronoUnit.SECONDS).atZone(ZoneOffset.UTC); // * * * * * * * keeps a fraction
        return calendar.nextExecution(whole).map(ZonedDateTime::toLocalDateTime);
    }

    private static void requireForm(CronField field, String text) {
        if (!FIELD.matcher(text).matches()) {
            throw wrongField(
                    field, text, "a number, a name, * or a range, each with or without a step, or a list of such");
        }
    }

    private static void requireValues(CronField field, String text) {
        try {
            calendar(other -> other == field ? text : ANY);
        } catch (IllegalArgumentException e) {
            throw wrongField(field, text, field.allowed() + (text.contains("/") ? ", a step from 1 to the last" : ""));
        }
    }

    private static ExecutionTime calendar(Function<CronField, String> fields) {
        String expression = Arrays.stream(CronField.values()).map(fields).collect(Collectors.joining(" "));
        return ExecutionTime.forCron(PARSER.parse(expression));
    }

    private static BerthException wrongField(CronField field, String text, String expected) {
        return invalid("%s: %s (expected: %s)".formatted(field, text, expected), EXAMPLE);
    }

    private static BerthException wrongCount(String expression, int count) {
        return invalid(
                "%d fields: %s (expected: 7, as WeChat wants: %s)"
                        .formatted(
                                count,
                                expression.strip(),
                                Arrays.stream(CronField.values())
                                        .map(CronField::toString)
                                        .collect(Collectors.joining(", "))),
                switch (count) {
                    case 5 -> "Put the second in front and the year behind: 0 %s *".formatted(expression.strip());
                    case 6 ->
                        "Put what is missing: the second in front, or the year behind: %s *"
                                .formatted(expression.strip());
                    default -> EXAMPLE;
                });
    }

    private static BerthException invalid(String message, String hint) {
        return new BerthException(new Problem("INVALID_TRIGGER", "functions", "cron: " + message, hint));
    }
}
