package org.lozenge.analyses.review;

import java.util.List;
import org.lozenge.plugin.Text;

/** Texts made of paragraphs. */
final class Paragraphs {

    private Paragraphs() {}

    static Text text(String id, String title, List<String> paragraphs) {
        return Text.of(
                id,
                title,
                String.join(
                        "\n\n", paragraphs.stream().filter(p -> !p.isEmpty()).toList()));
    }
}
