package org.lozenge.app;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lozenge.workbench.report.ReportFolder.Content;

/** How a result is written. */
enum OutputFormat {
    TEXT(".txt", Optional.empty()),
    JSON(".json", Optional.of(Content.JSON)),
    CSV(".csv", Optional.of(Content.TABLES)),
    MARKDOWN(".md", Optional.of(Content.MARKDOWN)),
    HTML(".html", Optional.of(Content.HTML));

    private final String suffix;
    private final Optional<Content> content;

    OutputFormat(String suffix, Optional<Content> content) {
        this.suffix = suffix;
        this.content = content;
    }

    /** What a folder holds in this format; a folder has no plain text. */
    Optional<Content> content() {
        return content;
    }

    private String token() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> tokens() {
        return Arrays.stream(values()).map(OutputFormat::token).toList();
    }

    /**
     * Returns the format that a user names.
     *
     * @throws CommandException if there is none of this name
     */
    static OutputFormat of(String token) {
        return Arrays.stream(values())
                .filter(format -> format.token().equals(token.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> CommandException.mend(
                        "option-value",
                        "--format takes one of " + String.join(", ", tokens()) + ", but is '" + token + "'."
                                + Suggestion.didYouMean(token, tokens())));
    }

    /** Returns the format that the name of a file ends in. */
    static Optional<OutputFormat> ofName(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> name.endsWith(format.suffix))
                .findFirst();
    }
}
