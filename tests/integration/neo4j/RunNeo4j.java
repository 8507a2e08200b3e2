import java.nio.file.Path;
import java.util.Map;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.graphdb.Result;
import org.neo4j.io.ByteUnit;

/** A real Neo4j Community engine with its Bolt server, on loopback alone: RunNeo4j HOME PORT PASSWORD. */
public class RunNeo4j {
    public static void main(String[] args) throws Exception {
        var service = new DatabaseManagementServiceBuilder(Path.of(args[0]).toAbsolutePath())
                .setConfig(BoltConnector.enabled, true)
                .setConfig(BoltConnector.listen_address, new SocketAddress("127.0.0.1", Integer.parseInt(args[1])))
                .setConfig(GraphDatabaseSettings.auth_enabled, true)
                .setConfig(GraphDatabaseSettings.udc_enabled, false)
                .setConfig(GraphDatabaseSettings.pagecache_memory, ByteUnit.parse(System.getProperty("pages", "256m")))
                .build();
        // what an administrator does once: the first password must be changed before anything else works; set anew to the same it is refused
        var system = service.database("system");
        boolean first = system.executeTransactionally(
                "SHOW USERS YIELD user, passwordChangeRequired WHERE user = 'neo4j' AND passwordChangeRequired", Map.of(), Result::hasNext);
        if (first) {
            system.executeTransactionally("ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED", Map.of("password", args[2]));
        }
        Runtime.getRuntime().addShutdownHook(new Thread(service::shutdown));
        System.out.println("bolt ready on 127.0.0.1:" + args[1]);
        Thread.currentThread().join();
    }
}
