package org.lozenge.analyses.dependent;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.NumberText;

/**
 * The cells of a square matrix in a text file, without its header and names of rows.
 *
 * @param name the file as the user named it
 * @param labels names of rows, or columns if rows have none; empty without
 * @param cells texts by row
 */
record MatrixFile(String name, List<String> labels, List<List<String>> cells) {

    MatrixFile {
        labels = List.copyOf(labels);
        cells = List.copyOf(cells);
    }

    /** Whether a cell says that there is no number. */
    static boolean isMissing(String cell) {
        return cell.isEmpty() || cell.equals(".") || cell.equalsIgnoreCase("NA") || cell.equalsIgnoreCase("NaN");
    }

    int size() {
        return cells.size();
    }

    String cell(int row, int column) {
        return cells.get(row).get(column);
    }

    /**
     * Reads a file.
     *
     * @param sizes how many rows the matrix may have
     * @throws AnalysisException with codes {@code covariance-file} or {@code covariance-size}
     */
    static MatrixFile read(String name, int... sizes) {
        List<List<String>> lines = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        List<String> texts = texts(name);
        char separator = 0;
        for (int n = 0; n < texts.size(); n++) {
            String text =
                    n == 0 && texts.get(0).startsWith("\uFEFF") ? texts.get(0).substring(1) : texts.get(n);
            if (!text.isBlank() && !text.startsWith("#")) {
                separator = lines.isEmpty() ? separator(text) : separator;
                lines.add(split(text, separator));
                numbers.add(n + 1);
            }
        }
        if (lines.isEmpty()) {
            throw fault(name, "is empty");
        }
        return of(name, lines, numbers, sizes);
    }

    private static List<String> texts(String name) {
        try {
            return Files.readAllLines(Path.of(name), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw fault(name, "does not exist");
        } catch (CharacterCodingException e) {
            throw fault(name, "is not text in UTF-8");
        } catch (InvalidPathException e) {
            throw fault(name, "is not a name of a file");
        } catch (IOException e) {
            throw fault(name, "cannot be read: " + e.getMessage());
        }
    }

    private static AnalysisException fault(String name, String what) {
        return new AnalysisException(
                "covariance-file",
                "Option 'covariance-matrix': '" + name + "' " + what
                        + ". Give a text file with the covariances of all rows, such as v.csv.");
    }

    private static char separator(String line) {
        for (char separator : new char[] {'\t', ';', ','}) {
            if (line.indexOf(separator) >= 0) {
                return separator;
            }
        }
        return ' ';
    }

    /** Cells of a line, without quotes. */
    private static List<String> split(String line, char separator) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        String text = separator == ' ' ? line.strip() : line;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                if (separator != ' ' || text.charAt(i - 1) != ' ') {
                    cells.add(trimmed(cell, separator));
                    cell.setLength(0);
                }
            } else {
                cell.append(c);
            }
        }
        cells.add(trimmed(cell, separator));
        return cells;
    }

    /** Where semicolons separate, a comma is decimal. */
    private static String trimmed(StringBuilder cell, char separator) {
        String text = cell.toString().strip();
        return separator == ';' ? text.replace(',', '.') : text;
    }

    /** Finds out what is header and what are names: the lines that are left must be square. */
    private static MatrixFile of(String name, List<List<String>> lines, List<Integer> numbers, int... sizes) {
        int height = lines.size();
        int width = lines.get(height - 1).size();
        List<String> first = lines.get(0);
        boolean fits = Arrays.stream(sizes).anyMatch(size -> size == height);
        boolean header = width == height - 1 || (width == height && !fits && isHeader(first, width));
        boolean named = width == height + 1 || (width == height && header);
        int from = header ? 1 : 0;
        int size = height - from;
        int skipped = named ? 1 : 0;
        List<String> labels = new ArrayList<>();
        List<List<String>> cells = new ArrayList<>();
        for (int r = from; r < height; r++) {
            List<String> line = lines.get(r);
            if (line.size() != size + skipped) {
                throw new AnalysisException(
                        "covariance-size",
                        "File '" + name + "', line " + numbers.get(r) + ": there are " + (line.size() - skipped)
                                + " cells, but the matrix has " + size + " rows. It must be square.");
            }
            if (named) {
                labels.add(line.get(0));
            }
            cells.add(line.subList(skipped, line.size()));
        }
        if (header && !named) {
            labels.addAll(first);
        }
        return new MatrixFile(name, labels, cells);
    }

    /** A first line with nothing, or a word, over the names of rows; or one cell short. */
    private static boolean isHeader(List<String> first, int width) {
        return first.size() == width - 1
                || first.get(0).isEmpty()
                || (NumberText.parse(first.get(0)).isEmpty() && !isMissing(first.get(0)));
    }
}
