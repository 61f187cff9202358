import java.nio.file.*;
import java.util.*;
import org.lozenge.app.*;
import org.lozenge.plugin.*;
import org.lozenge.samples.*;
import org.lozenge.workbench.*;
import org.lozenge.workbench.figure.*;
import org.lozenge.workbench.report.*;
import org.lozenge.workbench.table.*;
import static org.lozenge.app.Lozenge.*;
import tech.tablesaw.api.*;
/set mode lozenge normal -command
/set prompt lozenge "lozenge> " "    ...> "
/set format lozenge display "{pre}{value}{post}"
/set truncation lozenge 1000000
/set feedback lozenge
