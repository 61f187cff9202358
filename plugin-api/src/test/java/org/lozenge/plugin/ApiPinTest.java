package org.lozenge.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Compares every public type and member with {@code api-1.0.txt}. Tools that compare binaries do not see that a sealed
 * type or an enum has grown, which breaks an exhaustive {@code switch} of a host.
 *
 * <p>If the API is meant to change, copy {@code target/api-actual.txt} over the file, and name the change in the
 * changelog. Nothing may leave the file before version 2.
 */
class ApiPinTest {

    private static final String PINNED = "api-1.0.txt";

    @Test
    void theApiIsAsPinned() throws Exception {
        String actual = describe(publicTypes());
        Files.writeString(Path.of("target", "api-actual.txt"), actual);
        try (InputStream pinned = ApiPinTest.class.getResourceAsStream(PINNED)) {
            assertEquals(new String(pinned.readAllBytes(), StandardCharsets.UTF_8), actual);
        }
    }

    private static List<Class<?>> publicTypes() throws IOException, URISyntaxException, ClassNotFoundException {
        Path classes = Path.of(Analysis.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<Class<?>> types = new ArrayList<>();
        try (Stream<Path> files = Files.list(classes.resolve("org/lozenge/plugin"))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                Class<?> type = Class.forName("org.lozenge.plugin." + name, false, Analysis.class.getClassLoader());
                if (!name.equals("package-info") && isPublic(type)) {
                    types.add(type);
                }
            }
        }
        types.sort(Comparator.comparing(Class::getName));
        return types;
    }

    private static boolean isPublic(Class<?> type) {
        boolean outer = type.getDeclaringClass() == null || isPublic(type.getDeclaringClass());
        return Modifier.isPublic(type.getModifiers()) && outer;
    }

    private static String describe(List<Class<?>> types) {
        long top =
                types.stream().filter(type -> type.getDeclaringClass() == null).count();
        StringBuilder text = new StringBuilder("# " + top + " public types, and those within them\n");
        for (Class<?> type : types) {
            text.append('\n').append(heading(type)).append('\n');
            members(type)
                    .sorted()
                    .forEach(member -> text.append("  ").append(member).append('\n'));
        }
        return text.toString();
    }

    private static String heading(Class<?> type) {
        String kind = type.isAnnotation()
                ? "annotation"
                : type.isEnum() ? "enum" : type.isRecord() ? "record" : type.isInterface() ? "interface" : "class";
        String flags = (Modifier.isFinal(type.getModifiers()) ? "final " : "") + (type.isSealed() ? "sealed " : "");
        String heading = flags + kind + " " + name(type);
        if (type.isRecord()) {
            heading += Arrays.stream(type.getRecordComponents())
                    .map(ApiPinTest::component)
                    .collect(Collectors.joining(", ", "(", ")"));
        }
        if (type.getSuperclass() == RuntimeException.class) {
            heading += " extends RuntimeException";
        }
        if (type.getInterfaces().length > 0) {
            heading += " implements " + names(type.getInterfaces());
        }
        if (type.isSealed()) {
            heading += " permits " + names(type.getPermittedSubclasses());
        }
        return heading;
    }

    private static String component(RecordComponent component) {
        return typeName(component.getGenericType().getTypeName()) + " " + component.getName();
    }

    private static Stream<String> members(Class<?> type) {
        Stream<String> constants =
                type.isEnum() ? Stream.of("constants " + Arrays.toString(type.getEnumConstants())) : Stream.empty();
        Stream<String> fields = Arrays.stream(type.getDeclaredFields())
                .filter(field -> isShown(field.getModifiers(), field.isSynthetic()) && !field.isEnumConstant())
                .map(ApiPinTest::field);
        Stream<String> constructors = Arrays.stream(type.getDeclaredConstructors())
                .filter(one -> isShown(one.getModifiers(), one.isSynthetic()))
                .map(ApiPinTest::constructor);
        Stream<String> methods = Arrays.stream(type.getDeclaredMethods())
                .filter(one -> isShown(one.getModifiers(), one.isSynthetic()))
                .map(ApiPinTest::method);
        return Stream.of(constants, fields, constructors, methods).flatMap(s -> s);
    }

    private static boolean isShown(int modifiers, boolean synthetic) {
        return (Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers)) && !synthetic;
    }

    private static String field(Field field) {
        return "field " + modifiers(field.getModifiers())
                + typeName(field.getGenericType().getTypeName()) + " " + field.getName();
    }

    private static String constructor(Constructor<?> one) {
        return "constructor " + parameters(one);
    }

    private static String method(Method one) {
        String kind = one.isDefault() ? "default " : modifiers(one.getModifiers());
        return "method " + kind + typeName(one.getGenericReturnType().getTypeName()) + " " + one.getName()
                + parameters(one)
                + (one.getExceptionTypes().length > 0 ? " throws " + names(one.getExceptionTypes()) : "");
    }

    private static String parameters(Executable one) {
        return Arrays.stream(one.getGenericParameterTypes())
                .map(type -> typeName(type.getTypeName()))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String modifiers(int modifiers) {
        return (Modifier.isStatic(modifiers) ? "static " : "")
                + (Modifier.isAbstract(modifiers) ? "abstract " : "")
                + (Modifier.isProtected(modifiers) ? "protected " : "");
    }

    private static String names(Class<?>[] types) {
        return Arrays.stream(types).map(ApiPinTest::name).collect(Collectors.joining(", "));
    }

    private static String name(Class<?> type) {
        return typeName(type.getName());
    }

    private static String typeName(String name) {
        return name.replace("org.lozenge.plugin.", "")
                .replace('$', '.')
                .replaceAll("java\\.(lang|util|util\\.function|util\\.random)\\.(?=[A-Z])", "")
                .replace("tech.tablesaw.api.", "");
    }
}
