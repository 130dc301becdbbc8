package io.replymeter.metrics.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.replymeter.metrics.IntegrationTest;
import io.replymeter.metrics.log.PartitionOffsets;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.datasource.DelegatingDataSource;

@IntegrationTest
class OffsetAlignmentTest {

    /** Generations without partitions are aligned at once. */
    private static final int LIVE = 98;

    private static final int REBUILT = 99;

    @Autowired
    private DataSource dataSource;

    @Autowired
    private PartitionOffsets offsets;

    @Test
    void noConnectionStaysOpenWhateverFails() throws SQLException {
        FailingDataSource failing = new FailingDataSource(dataSource);

        assertThatIllegalStateException().isThrownBy(() -> new OffsetAlignment(failing, offsets).align(LIVE, REBUILT));

        assertThat(failing.opened).hasSize(2);
        for (Connection connection : failing.opened) {
            assertThat(connection.isClosed()).isTrue();
        }
    }

    /** Its connections cannot become a snapshot. */
    private static final class FailingDataSource extends DelegatingDataSource {

        private final List<Connection> opened = new ArrayList<>();

        FailingDataSource(DataSource real) {
            super(real);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection real = super.getConnection();
            opened.add(real);
            return (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("setTransactionIsolation")) {
                            throw new IllegalStateException("refused by the test");
                        }
                        try {
                            return method.invoke(real, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getTargetException();
                        }
                    });
        }
    }
}
