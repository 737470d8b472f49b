#!/usr/bin/env bash
# Writes src/image/classes anew: the classes of libraries that a start needs, which prepare.sh archives. They are kept
# with the sources, since no two starts load quite the same: what a thread needs only when another one comes first
# differs, and with it would the image.
# Linux, with bash. Usage: src/image/train.sh, from the project root after "mvn -Pimage package", and then that again.
set -eu
export LC_ALL=C
unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS

project=$(pwd)
image=$project/target/image
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# In the production profile but for the database, until it has answered that it is ready: that needs some classes, too.
cd "$image/stage"
secret=whsec_$(printf no-secret-of-anybody | base64)
CAMEL_MAIN_ROUTES_INCLUDE_PATTERN="file:$project/routes/*.camel.yaml" "$image/opt/java/bin/java" \
    -XX:DumpLoadedClassList="$work/loaded" -Djava.io.tmpdir="$work" \
    -Dcrm.profile=prod -Dcrm.http.host=127.0.0.1 \
    -Dcrm.webhooks.port=0 -Dcrm.console.port=0 -Dcrm.management.port=0 \
    -Dcrm.database.url="jdbc:sqlite:$work/crm-sync.db" \
    -Dcrm.salesforce.login-url=http://localhost -Dcrm.salesforce.client-id=none -Dcrm.salesforce.client-secret=none \
    -Dcrm.pivotal.signing-secrets="$secret" -Dcrm.emporix.signing-secrets="$secret" \
    -Dcrm.plain.signing-secrets="$secret" \
    -Dcrm.emporix.signing-secrets.customer.created=1 -Dcrm.emporix.signing-secrets.customer.updated=2 \
    -Dcrm.emporix.signing-secrets.customer.deleted=3 -Dcrm.emporix.signing-secrets.customer.logged.in=4 \
    -Dcrm.emporix.signing-secrets.customer.email-change=5 \
    -cp "$(sed -n '/^-cp$/{n;p}' "$image/app/crm-sync.args")" dev.crmsync.cli.CrmSync > "$work/log" 2>&1 &
pid=$!
trap 'kill -9 $pid 2> /dev/null || true; rm -rf "$work"' EXIT
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

# Without what only this start has: numbers, loaders of its own, generated proxies, hints of newer JVMs.
{
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/# Java \1/p' "$image/opt/java/release"
    grep -v -e '^#' -e '^@cp' -e ' source: ' -e '/\$Proxy[0-9]' "$work/loaded" | sed 's/ id: [0-9]*$//' |
        sort -u | comm -23 - "$image/work/whole"
} > "$project/src/image/classes"
wc -l "$project/src/image/classes"
