#!/usr/bin/env bash
# Makes what the image holds beside jib's layers, in target/image:
#   opt/java           a Java runtime, cut out of the JDK that builds
#   app/crm-sync.args  class path and main class, for "java @/app/crm-sync.args <command>" in /app
#   app/crm-sync.flags the JVM's flags; the variable JAVA_TOOL_OPTIONS overrides each
#   app/crm-sync.jsa   the classes of a start as this very runtime has parsed them: it maps them instead of
#                      reading them, and is ready in half the time (class-data sharing)
# The archive fits no other runtime, and only jars with the same relative paths, sizes and times.
# Linux, with bash. Usage: src/image/prepare.sh <Java home>, from the project root after "mvn package".
set -eu

home=$1
project=$(pwd)
image=$project/target/image
stage=$image/stage
work=$image/work
modules=java.se,jdk.charsets,jdk.crypto.cryptoki,jdk.crypto.ec,jdk.jcmd,jdk.jfr,jdk.management,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs

rm -rf "$image"
mkdir -p "$image/opt" "$image/app" "$stage/classpath" "$stage/libs" "$work"
"$home/bin/jlink" --add-modules "$modules" --no-header-files --no-man-pages --output "$image/opt/java"
java=$image/opt/java/bin/java

# As jib lays them out, one second after the epoch.
cp target/crm-sync.jar "$stage/classpath/"
cp target/lib/*.jar "$stage/libs/"
find "$stage" -name '*.jar' -exec touch -d @1 {} +
cd "$stage"
classpath=classpath/crm-sync.jar$(printf ':%s' libs/*.jar)
printf '%s\n' -XX:Flags=/app/crm-sync.flags -XX:SharedArchiveFile=/app/crm-sync.jsa \
    -cp "$classpath" dev.crmsync.cli.CrmSync > "$image/app/crm-sync.args"
cat > "$image/app/crm-sync.flags" << 'FLAGS'
# The rest of the container's memory is for threads, buffers and code.
MaxRAMPercentage=50
+ExitOnOutOfMemoryError
# Four times the usual: the optimizing compiler leaves the processors to the start, and comes to what stays hot.
Tier4InvocationThreshold=20000
Tier4MinInvocationThreshold=2400
Tier4CompileThreshold=60000
Tier4BackEdgeThreshold=160000
FLAGS

secret=whsec_$(printf no-secret-of-anybody | base64)
# One start, in the production profile but for the database, tells which classes a start needs: until it has answered
# that it is ready, since that needs some, too.
CAMEL_MAIN_ROUTES_INCLUDE_PATTERN="file:$project/routes/*.camel.yaml" "$java" \
    -XX:DumpLoadedClassList="$work/classes" -Djava.io.tmpdir="$work" \
    -Dcrm.profile=prod -Dcrm.http.host=127.0.0.1 \
    -Dcrm.webhooks.port=0 -Dcrm.console.port=0 -Dcrm.management.port=0 \
    -Dcrm.database.url="jdbc:sqlite:$work/crm-sync.db" \
    -Dcrm.salesforce.login-url=http://localhost -Dcrm.salesforce.client-id=none -Dcrm.salesforce.client-secret=none \
    -Dcrm.pivotal.signing-secrets="$secret" -Dcrm.emporix.signing-secrets="$secret" \
    -Dcrm.plain.signing-secrets="$secret" \
    -cp "$classpath" dev.crmsync.cli.CrmSync > "$work/log" 2>&1 &
pid=$!
trap 'kill -9 $pid 2> /dev/null || true' EXIT
ready() {
    port=$(sed -n 's/.*Health and metrics are on 127.0.0.1:\([0-9]*\).*/\1/p' "$work/log")
    [ -n "$port" ] && exec 3<> "/dev/tcp/127.0.0.1/$port" &&
        printf 'GET /observe/health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3 &&
        grep -q '^HTTP/1.1 200' <&3
}
waited=0
until (ready) 2> /dev/null; do
    if ! kill -0 $pid 2> /dev/null || [ $waited -gt 1200 ]; then
        cat "$work/log"
        exit 1
    fi
    waited=$((waited + 1))
    sleep 0.1
done
kill -TERM $pid
wait $pid || true
trap - EXIT

# In an order of its own, so that the same classes make the same archive; with PostgreSQL's driver.
{
    grep -v -e '^#' -e ' source: ' "$work/classes" | sed 's/ id: [0-9]*$//'
    for jar in libs/postgresql-*.jar libs/flyway-database-postgresql-*.jar; do
        "$home/bin/jar" tf "$jar" | sed -n 's/\.class$//p' | grep -v -e META-INF -e module-info -e osgi
    done
} | LC_ALL=C sort -u > "$work/sorted"
"$java" -Xshare:dump -XX:SharedClassListFile="$work/sorted" -XX:SharedArchiveFile="$image/app/crm-sync.jsa" \
    -cp "$classpath" > "$work/dump.log" 2>&1 || { cat "$work/dump.log"; exit 1; }
