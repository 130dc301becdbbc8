package io.replymeter.faults;

import io.replymeter.faults.Wait.StillStands;
import io.replymeter.faults.load.Answer;
import io.replymeter.faults.load.Balancer;
import io.replymeter.faults.load.Balancer.Request;
import io.replymeter.faults.load.Callers;
import io.replymeter.faults.stack.Cluster;
import java.util.List;
import java.util.function.Predicate;

/** What the instances say of themselves. */
final class Health {

    private static final String HEALTH = "/actuator/health";
    private static final String INCOMPLETE = "/ops/v1/incomplete-numbers";

    private final Cluster cluster;
    private final Balancer http;
    private final String token;
    private final List<Request> profiles;

    Health(Cluster cluster, Callers callers) {
        this.cluster = cluster;
        this.http = new Balancer(cluster.instances());
        this.token = cluster.token("operator", "metrics:ops");
        this.profiles = callers.profiles();
    }

    /** Whether every instance says that all is well. */
    boolean isWell() {
        return cluster.instances().stream()
                .map(instance -> http.send(Request.get(HEALTH, token), instance))
                .allMatch(answer -> status(answer).equals("UP"));
    }

    /** Whether profiles of every instance have the numbers that metrics-service says now, not those that it said before. */
    boolean isCurrent() {
        return cluster.messaging().stream()
                .flatMap(instance -> profiles.stream().map(profile -> http.send(profile, instance)))
                .allMatch(answer -> answer.status() == 200 && !answer.body().contains("\"stale\":true"));
    }

    /** Returns once every instance of metrics-service says that it is DOWN because of this, and that all numbers may lack it. */
    void awaitDown(String reason) throws StillStands, InterruptedException {
        Wait.until(
                "not every health is DOWN and says '" + reason + "'",
                () -> all(
                        HEALTH,
                        answer -> status(answer).equals("DOWN") && answer.body().contains(reason)));
        Wait.until(
                "not everybody's numbers are said to be incomplete, because '" + reason + "'",
                () -> all(INCOMPLETE, answer -> answer.body().contains(reason)));
    }

    /** Returns once every instance of metrics-service says this, under any status. */
    void awaitSaid(String remark) throws StillStands, InterruptedException {
        Wait.until(
                "not every health says '" + remark + "'",
                () -> all(HEALTH, answer -> answer.body().contains(remark)));
    }

    private boolean all(String path, Predicate<Answer> condition) {
        return cluster.metrics().stream()
                .map(instance -> http.send(Request.get(path, token), instance))
                .allMatch(condition);
    }

    private static String status(Answer health) {
        return health.json().path("status").asString();
    }
}
