package org.lozenge.hosts.weka;

import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.swing.BorderFactory;
import javax.swing.JCheckBox;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextField;
import javax.swing.Scrollable;
import javax.swing.SwingConstants;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;
import org.lozenge.workbench.form.Field;
import org.lozenge.workbench.form.Form;

/**
 * A widget for each field of a form. Columns that were found by name are chosen; fields that do not matter now are greyed
 * out, fields with a mistake are red, and options that are rarely needed come on demand.
 */
final class FormPanel extends JPanel implements Scrollable {

    private static final Color WRONG = new Color(0xb3261e);
    private static final String NO_COLUMN = "";
    private static final int LABEL_WIDTH = 80;
    private static final int WIDGET_WIDTH = 140;

    /**
     * What stands in the panel for a field.
     *
     * @param shell what stands in the layout: the widget itself, or the pane in which it scrolls
     */
    private record Line(Field field, JLabel label, JComponent widget, JComponent shell) {
        void show(boolean visible) {
            label.setVisible(visible);
            shell.setVisible(visible);
        }
    }

    private final transient List<Line> lines = new ArrayList<>();
    private final transient Consumer<Form> listener;
    private transient Form form;
    private int row;

    /** @param listener hears of every change, and of the form as it is at first */
    FormPanel(Form form, Consumer<Form> listener) {
        super(new GridBagLayout());
        this.form = form;
        this.listener = listener;
        setName("form");
        setBorder(BorderFactory.createEmptyBorder(4, 6, 4, 6));
        for (Form.Group group : form.groups()) {
            add(group);
        }
        filler();
        show(form);
    }

    Form form() {
        return form;
    }

    private void add(Form.Group group) {
        boolean usual = !group.id().equals(Form.ADVANCED) && !group.id().equals(Form.COLUMNS);
        List<Field> shown = group.fields().stream()
                .filter(field -> usual || (group.id().equals(Form.COLUMNS) && isLikely(field)))
                .toList();
        List<Field> hidden =
                group.fields().stream().filter(field -> !shown.contains(field)).toList();
        if (!shown.isEmpty()) {
            add(heading(group.title()), 0, 2);
            row++;
            for (Field field : shown) {
                add(field);
            }
        }
        if (!hidden.isEmpty()) {
            addOnDemand(group.id(), group.id().equals(Form.COLUMNS) ? "More columns" : group.title(), hidden);
        }
    }

    /** Some analyses take fifty kinds of columns; those that are needed or were found come first. */
    private boolean isLikely(Field field) {
        return field.required() || !form.values(field.key()).isEmpty();
    }

    private void addOnDemand(String id, String title, List<Field> fields) {
        JCheckBox more = new JCheckBox(title + " (" + fields.size() + ")");
        more.setName("more." + id);
        add(more, 0, 2);
        row++;
        List<Line> hidden = fields.stream().map(this::add).toList();
        more.addActionListener(event -> reveal(hidden, more.isSelected()));
        reveal(hidden, false);
    }

    private void reveal(List<Line> some, boolean visible) {
        some.forEach(line -> line.show(visible));
        revalidate();
    }

    private Line add(Field field) {
        JLabel label = new JLabel(field.label() + (field.required() ? " *" : ""));
        JComponent widget = widget(field);
        String tip = tip(field);
        label.setToolTipText(tip);
        label.setLabelFor(widget);
        widget.setToolTipText(tip);
        widget.setName(field.key());
        JComponent shell = widget instanceof JList ? new JScrollPane(widget) : widget;
        label.setMinimumSize(new Dimension(LABEL_WIDTH, label.getPreferredSize().height)); // the tip has it in full
        shell.setMinimumSize(new Dimension(WIDGET_WIDTH, shell.getPreferredSize().height));
        shell.setPreferredSize(shell.getMinimumSize());
        add(label, 0, 1);
        add(shell, 1, 1);
        row++;
        Line line = new Line(field, label, widget, shell);
        lines.add(line);
        return line;
    }

    private static String tip(Field field) {
        String text = field.label() + ". " + field.help() + " Takes " + field.allowed() + ".";
        return "<html><p width=\"360\">" + text.replace("&", "&amp;").replace("<", "&lt;") + "</p></html>";
    }

    private JComponent widget(Field field) {
        return switch (field.kind()) {
            case FLAG -> flag(field);
            case COLUMN -> field.many() ? columns(field) : column(field);
            case CHOICE -> choice(field);
            default -> field.suggestions().isEmpty() ? text(field) : suggestions(field);
        };
    }

    private JComponent flag(Field field) {
        JCheckBox box = new JCheckBox("", form.value(field.key()).equals("true"));
        box.addActionListener(event -> show(form.with(field.key(), String.valueOf(box.isSelected()))));
        return box;
    }

    private JComponent choice(Field field) {
        JComboBox<String> box = box(field.choices());
        box.setSelectedItem(form.value(field.key()));
        box.addActionListener(event -> show(form.with(field.key(), String.valueOf(box.getSelectedItem()))));
        return box;
    }

    private JComponent column(Field field) {
        JComboBox<String> box = box(field.choices());
        box.insertItemAt(NO_COLUMN, 0);
        box.setSelectedItem(form.value(field.key()));
        box.addActionListener(event -> {
            Object selected = box.getSelectedItem();
            show(
                    selected == null || selected.equals(NO_COLUMN)
                            ? form.with(field.key())
                            : form.with(field.key(), selected.toString()));
        });
        return box;
    }

    private JComponent columns(Field field) {
        JList<String> list = new JList<>(field.choices().toArray(String[]::new));
        list.setVisibleRowCount(3);
        for (String value : form.values(field.key())) {
            int index = field.choices().indexOf(value);
            list.addSelectionInterval(index, index);
        }
        list.addListSelectionListener(event -> {
            if (!event.getValueIsAdjusting()) {
                show(form.with(field.key(), list.getSelectedValuesList().toArray(String[]::new)));
            }
        });
        return list;
    }

    private JComponent suggestions(Field field) {
        JComboBox<String> box = box(field.suggestions());
        box.setEditable(true);
        box.setSelectedItem(form.value(field.key()));
        box.addActionListener(event -> typed(field, String.valueOf(box.getSelectedItem())));
        if (box.getEditor().getEditorComponent() instanceof JTextField editor) {
            editor.getDocument().addDocumentListener(onChange(() -> typed(field, editor.getText())));
        }
        return box;
    }

    private JComponent text(Field field) {
        JTextField text = new JTextField(form.value(field.key()), 8);
        text.getDocument().addDocumentListener(onChange(() -> typed(field, text.getText())));
        return text;
    }

    /** An emptied field means the default, not the empty text. */
    private void typed(Field field, String text) {
        boolean isDefault = text.isBlank() || field.defaults().equals(List.of(text));
        show(isDefault ? form.without(field.key()) : form.with(field.key(), text.strip()));
    }

    private static JComboBox<String> box(List<String> items) {
        JComboBox<String> box = new JComboBox<>(items.toArray(String[]::new));
        box.setPrototypeDisplayValue("a column name");
        return box;
    }

    private static DocumentListener onChange(Runnable action) {
        return new DocumentListener() {
            @Override
            public void insertUpdate(DocumentEvent event) {
                action.run();
            }

            @Override
            public void removeUpdate(DocumentEvent event) {
                action.run();
            }

            @Override
            public void changedUpdate(DocumentEvent event) {
                action.run();
            }
        };
    }

    private void show(Form changed) {
        form = changed;
        Set<String> wrong = changed.problems().stream()
                .flatMap(problem -> Optional.ofNullable(problem.data().get("field")).stream())
                .collect(Collectors.toSet());
        for (Line line : lines) {
            String key = line.field().key();
            boolean enabled = changed.isEnabled(key);
            line.widget().setEnabled(enabled);
            line.label().setEnabled(enabled);
            line.label().setForeground(wrong.contains(key) ? WRONG : getForeground());
        }
        listener.accept(changed);
    }

    private static JLabel heading(String title) {
        JLabel label = new JLabel(title);
        label.setFont(label.getFont().deriveFont(Font.BOLD));
        label.setBorder(BorderFactory.createEmptyBorder(6, 0, 2, 0));
        return label;
    }

    private void add(JComponent component, int column, int width) {
        GridBagConstraints place = new GridBagConstraints();
        place.gridx = column;
        place.gridy = row;
        place.gridwidth = width;
        place.weightx = 1 - column;
        place.anchor = GridBagConstraints.LINE_START;
        place.fill = GridBagConstraints.HORIZONTAL;
        place.insets = new Insets(1, 0, 1, 6);
        add(component, place);
    }

    /** Takes the room below, so that the fields stand at the top. */
    private void filler() {
        GridBagConstraints rest = new GridBagConstraints();
        rest.gridy = row;
        rest.weighty = 1;
        add(new JPanel(new BorderLayout()), rest);
    }

    @Override
    public Dimension getPreferredScrollableViewportSize() {
        return getPreferredSize();
    }

    @Override
    public int getScrollableUnitIncrement(Rectangle visible, int orientation, int direction) {
        return 16;
    }

    @Override
    public int getScrollableBlockIncrement(Rectangle visible, int orientation, int direction) {
        return orientation == SwingConstants.VERTICAL ? visible.height : visible.width;
    }

    @Override
    public boolean getScrollableTracksViewportWidth() {
        return true;
    }

    @Override
    public boolean getScrollableTracksViewportHeight() {
        return false;
    }
}
