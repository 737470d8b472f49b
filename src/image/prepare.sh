#!/usr/bin/env bash
# Makes what the image holds beside jib's layers, in target/image or an empty folder that is named:
#   opt/java           a Java runtime, cut out of the JDK that is named
#   app/crm-sync.args  class path and main class, for "java @/app/crm-sync.args <command>" in /app
#   app/crm-sync.flags the JVM's flags; the variable JAVA_TOOL_OPTIONS overrides each
#   app/crm-sync.jsa   the classes of a start as this very runtime has parsed them: it maps them instead of
#                      reading them, and is ready in half the time (class-data sharing)
# The archive fits no other runtime, and only jars with the same relative paths, sizes and times. Of the same jars, a
# JDK of version 19 or later writes the same archive each time (JDK-8253495).
# Linux, with bash. Usage: src/image/prepare.sh <Java home> [<folder>], from the project root after "mvn package".
set -eu
export LC_ALL=C
unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS

home=$1
project=$(pwd)
image=$(realpath -m "${2:-target/image}")
stage=$image/stage
work=$image/work
modules=java.se,jdk.charsets,jdk.crypto.cryptoki,jdk.crypto.ec,jdk.jcmd,jdk.jfr,jdk.management,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs

[ $# -gt 1 ] || rm -rf "$image"
mkdir -p "$image/opt" "$image/app" "$stage/classpath" "$stage/libs" "$work"
"$home/bin/jlink" --add-modules "$modules" --no-header-files --no-man-pages --output "$image/opt/java"
java=$image/opt/java/bin/java
version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$image/opt/java/release")

# As jib lays them out, one second after the epoch.
cp target/crm-sync.jar "$stage/classpath/"
cp target/lib/*.jar "$stage/libs/"
find "$stage" -name '*.jar' -exec touch -d @1 {} +
cd "$stage"
classpath=classpath/crm-sync.jar$(printf ':%s' libs/*.jar)
{
    printf '%s\n' -XX:Flags=/app/crm-sync.flags -XX:SharedArchiveFile=/app/crm-sync.jsa
    # SQLite loads a native library, and Netty asks for memory past the heap: newer JVMs warn of it, and not in JSON.
    printf '%s\n' --enable-native-access=ALL-UNNAMED
    [ "$version" -lt 23 ] || printf '%s\n' --sun-misc-unsafe-memory-access=allow
    printf '%s\n' -cp "$classpath" dev.crmsync.cli.CrmSync
} > "$image/app/crm-sync.args"
cat > "$image/app/crm-sync.flags" << 'FLAGS'
# The rest of the container's memory is for threads, buffers and code.
MaxRAMPercentage=50
+ExitOnOutOfMemoryError
# Its file in /tmp is of use to jps and jstat only; jcmd and flight recordings do without.
-UsePerfData
# Four times the usual: the optimizing compiler leaves the processors to the start, and comes to what stays hot.
Tier4InvocationThreshold=20000
Tier4MinInvocationThreshold=2400
Tier4CompileThreshold=60000
Tier4BackEdgeThreshold=160000
FLAGS

# All classes of some jars, and of the others those that train.sh has seen at work, in an order of their own.
for jar in classpath/crm-sync.jar libs/postgresql-*.jar libs/flyway-database-postgresql-*.jar; do
    "$home/bin/jar" tf "$jar" | sed -n 's/\.class$//p' | grep -v -e META-INF -e module-info -e osgi
done | sort -u > "$work/whole"
sort -u "$work/whole" "$project/src/image/classes" > "$work/classes"
# The collector and the sizes of its memory are in the archive, and differ by machine unless they are named. So large,
# it has nothing to collect while classes are read: what it collects, and when, would be in the archive, too.
"$java" -Xshare:dump --enable-native-access=ALL-UNNAMED \
    -XX:+UseG1GC -Xms512m -Xmx512m -Xmn400m -XX:MetaspaceSize=512m \
    -XX:SharedClassListFile="$work/classes" -XX:SharedArchiveFile="$image/app/crm-sync.jsa" \
    -cp "$classpath" > "$work/dump.log" 2>&1 || { cat "$work/dump.log"; exit 1; }
[ "$version" -ge 19 ] ||
    echo "WARNING: Java $version writes the class data in another order each time; -Dimage.java.home=<a JDK from 19 on> makes images of the same sources alike."
# Another version of Java has other classes of its own, and gets others of a library that is made for several.
[ "$(sed -n 's/^# Java //p' "$project/src/image/classes")" = "$version" ] || exit 0
gone=$(sed -n 's/.*Preload Warning: Cannot find //p' "$work/dump.log" | sort | comm -23 - "$work/whole")
if [ -n "$gone" ]; then
    printf 'src/image/classes names classes that are nowhere any more: run src/image/train.sh.\n%s\n' "$gone"
    exit 1
fi
