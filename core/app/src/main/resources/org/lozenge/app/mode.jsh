/set mode lozenge normal -command
/set prompt lozenge "lozenge> " "    ...> "
/set format lozenge display "{pre}{value}{post}"
/set truncation lozenge 1000000
/set feedback lozenge
