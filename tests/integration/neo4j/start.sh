#!/usr/bin/env bash
# start.sh HOME PORT PASSWORD: a real Neo4j 5.26 Community on 127.0.0.1:PORT with its data under HOME, for tests and benchmarks.
# Needs Java 17 or later; the engine's jars (128 MB) come from Maven Central the first time, which needs mvn.
# NEO4J_HEAP (1g) and NEO4J_PAGES (256m) are the memory of the engine itself and of its pages.
# Says "bolt ready on 127.0.0.1:PORT" when it answers. Stop it with a signal to its process id.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
jars=${NEO4J_JARS:-$HOME/.cache/zhengmai/neo4j-5.26.0}
if [ ! -e "$jars/.complete" ]; then
    mkdir -p "$jars"
    mvn -q -B -f "$here/pom.xml" dependency:copy-dependencies -DoutputDirectory="$jars" >&2
    touch "$jars/.complete"
fi
exec java -Xms256m "-Xmx${NEO4J_HEAP:-1g}" "-Dpages=${NEO4J_PAGES:-256m}" -Dfile.encoding=UTF-8 --add-opens=java.base/java.nio=ALL-UNNAMED -cp "$jars/*" "$here/RunNeo4j.java" "$@"
