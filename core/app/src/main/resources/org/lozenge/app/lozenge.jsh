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
/set mode lozenge -quiet
/set prompt lozenge "lozenge> " "    ...> "
/set format lozenge pre ""
/set format lozenge post "%n"
/set format lozenge errorpre "|  "
/set format lozenge errorpost "%n"
/set format lozenge display ""
/set format lozenge display "{pre}{value}{post}" expression,varvalue-ok
/set truncation lozenge 1000000
