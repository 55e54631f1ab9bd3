package io.jenkins.plugins.ec2docker.jenkins.pages.deployment;

import java.util.List;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;

/** Which rows of a long table are shown, and the links to the others. */
public final class Paging {

    public static final int SIZE = 50;

    private final String parameter;
    private final int number;
    private final int total;

    private Paging(String parameter, int number, int total) {
        this.parameter = parameter;
        this.number = number;
        this.total = total;
    }

    /**
     * The page that the present request asks for, or the nearest that there is; the first where there is no request.
     *
     * @param parameter of the request that has the page's number, from 1
     * @param total how many rows there are
     */
    public static Paging of(String parameter, int total) {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        String text = request == null ? null : request.getParameter(parameter);
        int wanted = text != null && text.matches("[0-9]{1,7}") ? Integer.parseInt(text) : 1;
        int last = Math.max(1, (total + SIZE - 1) / SIZE);
        return new Paging(parameter, Math.max(1, Math.min(wanted, last)), total);
    }

    /** Those on the page. */
    public <T> List<T> of(List<T> all) {
        return all.subList(Math.min(getFrom() - 1, all.size()), Math.min(getTo(), all.size()));
    }

    public String getParameter() {
        return parameter;
    }

    /** From 1. */
    public int getNumber() {
        return number;
    }

    public int getTotal() {
        return total;
    }

    public boolean isOneOfSeveral() {
        return total > SIZE;
    }

    public boolean isLast() {
        return getTo() >= total;
    }

    /** Of the first row, from 1. */
    public int getFrom() {
        return (number - 1) * SIZE + 1;
    }

    /** Of the last row. */
    public int getTo() {
        return Math.min(number * SIZE, total);
    }
}
