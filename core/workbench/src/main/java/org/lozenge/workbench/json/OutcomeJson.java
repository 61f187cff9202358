package org.lozenge.workbench.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.ResultItem;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Provenance;

/**
 * Reads an outcome back from the JSON that {@link org.lozenge.workbench.report.Report#json()} or {@link
 * org.lozenge.workbench.report.Report#losslessJson()} wrote. Numbers are the same doubles; what was {@code null} is NaN.
 */
public final class OutcomeJson {

    private OutcomeJson() {}

    /**
     * Reads an outcome. One that failed has an empty trace, as JSON holds none.
     *
     * @throws IllegalArgumentException if the text is not the JSON of an outcome; the message says where
     */
    public static Outcome read(String json) {
        Members members = Members.of(JsonTree.read(json), "The outcome");
        Provenance provenance = provenance(members);
        List<Message> messages = messages(members);
        String status = members.text("status");
        return switch (status) {
            case "ok" -> new Outcome.Ok(provenance, AnalysisResult.of(ItemsJson.read(members.list("items"))), messages);
            case "rejected" -> new Outcome.Rejected(provenance, messages);
            case "failed" -> new Outcome.Failed(provenance, "", messages);
            case "cancelled" -> new Outcome.Cancelled(provenance, available(members), messages);
            default ->
                throw new IllegalArgumentException(
                        "'" + status + "' is not a status of an outcome; they are ok, rejected, failed and cancelled.");
        };
    }

    private static Optional<AnalysisResult> available(Members members) {
        List<ResultItem> items = ItemsJson.read(members.list("items"));
        return items.isEmpty() ? Optional.empty() : Optional.of(AnalysisResult.of(items));
    }

    private static Provenance provenance(Members members) {
        Members analysis = members.object("analysis");
        Members input = members.object("input");
        return new Provenance(
                analysis.text("id"),
                analysis.text("plugin"),
                analysis.text("version"),
                new Provenance.Input(
                        input.text("name"), input.text("sha256"), input.whole("rows"), input.whole("used")),
                members.has("mapping") ? members.object("mapping").lists() : Map.of(),
                members.has("params") ? members.object("params").texts() : Map.of(),
                members.has("where") ? members.object("where").lists() : Map.of(),
                members.has("by") ? members.text("by") : "",
                members.longWhole("seed"),
                members.has("given") ? given(members.object("given")) : Provenance.Given.NOTHING);
    }

    private static Provenance.Given given(Members given) {
        return new Provenance.Given(
                given.object("mapping").lists(), given.object("params").texts(), given.flag("strict"));
    }

    /** Reads the member {@code messages}. */
    static List<Message> messages(Members members) {
        List<Message> messages = new ArrayList<>();
        for (Members message : members.objects("messages")) {
            List<Integer> rows = message.list("rows").stream()
                    .map(row -> Integer.valueOf(String.valueOf(row)))
                    .toList();
            messages.add(new Message(
                    message.constant("severity", Message.Severity.class),
                    message.text("code"),
                    message.text("text"),
                    rows,
                    message.has("data") ? message.object("data").texts() : Map.of()));
        }
        return messages;
    }

    /** The members of a JSON object, which are there and of the kind that is asked for, or else a fault is thrown. */
    record Members(Map<String, Object> map, String where) {

        static Members of(Object tree, String where) {
            if (!(tree instanceof Map<?, ?> map)) {
                throw new IllegalArgumentException(where + " is not an object.");
            }
            Map<String, Object> members = new LinkedHashMap<>();
            map.forEach((name, value) -> members.put(String.valueOf(name), value));
            return new Members(members, where);
        }

        boolean has(String name) {
            return map.containsKey(name);
        }

        private Object get(String name) {
            Object value = map.get(name);
            if (value == null) {
                throw new IllegalArgumentException(where + " has no member '" + name + "'.");
            }
            return value;
        }

        Members object(String name) {
            return of(get(name), where + ", '" + name + "'");
        }

        List<?> list(String name) {
            if (get(name) instanceof List<?> list) {
                return list;
            }
            throw new IllegalArgumentException(where + ", '" + name + "' is not an array.");
        }

        List<Members> objects(String name) {
            return list(name).stream()
                    .map(element -> of(element, where + ", '" + name + "'"))
                    .toList();
        }

        String text(String name) {
            if (get(name) instanceof String text) {
                return text;
            }
            throw new IllegalArgumentException(where + ", '" + name + "' is not a plain value.");
        }

        List<String> textList(String name) {
            return list(name).stream().map(String::valueOf).toList();
        }

        boolean flag(String name) {
            return text(name).equals("true");
        }

        int whole(String name) {
            return Math.toIntExact(longWhole(name));
        }

        long longWhole(String name) {
            try {
                return Long.parseLong(text(name));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(where + ", '" + name + "' is not a whole number.", e);
            }
        }

        double number(String name) {
            return OutcomeJson.number(text(name), where + ", '" + name + "'");
        }

        double[] numbers(String name) {
            return has(name)
                    ? list(name).stream()
                            .mapToDouble(value -> OutcomeJson.number(value, where + ", '" + name + "'"))
                            .toArray()
                    : new double[0];
        }

        <E extends Enum<E>> E constant(String name, Class<E> type) {
            String text = text(name);
            try {
                return Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        where + ", '" + name + "': '" + text + "' is not known to this version.", e);
            }
        }

        Map<String, String> texts() {
            Map<String, String> texts = new LinkedHashMap<>();
            map.keySet().forEach(name -> texts.put(name, text(name)));
            return texts;
        }

        Map<String, List<String>> lists() {
            Map<String, List<String>> lists = new LinkedHashMap<>();
            map.keySet().forEach(name -> lists.put(name, textList(name)));
            return lists;
        }
    }

    /** {@code null} reads as the empty text. */
    static double number(Object value, String where) {
        String text = String.valueOf(value);
        try {
            return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(where + ": '" + text + "' is not a number.", e);
        }
    }
}
