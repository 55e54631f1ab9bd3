package io.jenkins.plugins.ec2docker.jenkins.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Api;
import hudson.model.RootAction;
import io.jenkins.plugins.ec2docker.jenkins.pages.deployment.DeploymentPage;
import io.jenkins.plugins.ec2docker.jenkins.pages.deployment.DeploymentRow;
import io.jenkins.plugins.ec2docker.jenkins.pages.deployment.JobDeploymentsAction;
import io.jenkins.plugins.ec2docker.jenkins.store.AllDeployments;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * What all jobs together have in AWS, at {@code /ec2-docker}. Everyone sees those of the jobs that they may read; whoever may read the
 * system, those of deleted jobs too.
 */
@Extension
@ExportedBean
@Restricted(NoExternalUse.class)
public final class AllDeploymentsAction implements RootAction, StaplerProxy {

    private static final String PAGE = AllDeploymentsAction.class.getName() + ".page";

    @Override
    @CheckForNull
    public String getIconFileName() {
        return Jenkins.get().hasPermission(Jenkins.READ) ? "symbol-cloud" : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.RegistryAction_DisplayName();
    }

    @Override
    public String getUrlName() {
        return "ec2-docker";
    }

    @Override
    public Object getTarget() {
        Jenkins.get().checkPermission(Jenkins.READ);
        return this;
    }

    public Api getApi() {
        return new Api(this);
    }

    /** Whose view the table is; a name in the view itself would be looked for by Jenkins' own class loader. */
    public Class<?> getTableClass() {
        return JobDeploymentsAction.class;
    }

    /** The page of one whose job was deleted; what Stapler asks for {@code deployment/ID}. Null where there is no such one. */
    @CheckForNull
    public DeploymentPage getDeployment(String id) {
        Jenkins.get().checkPermission(Jenkins.SYSTEM_READ);
        // An id begins with the name.
        return AllDeployments.places().stream()
                .filter(place -> id.startsWith(place.kept().name() + "-"))
                .flatMap(place -> place.read().stream())
                .filter(entry -> entry.deployment().id().equals(id) && !DeploymentRow.isThere(entry.job()))
                .findFirst()
                .map(entry -> new DeploymentPage(null, entry.job(), entry.deployment()))
                .orElse(null);
    }

    /** What Stapler asks for {@code sweep}. */
    public SweepPage getSweep() {
        return new SweepPage();
    }

    /** Whether the reader may sweep. */
    public boolean isSweeper() {
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER);
    }

    /** The one that the request asks for by its parameter {@code page}; found out once a request. */
    public AllDeploymentsPage getPage() {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        if (request.getAttribute(PAGE) instanceof AllDeploymentsPage known) {
            return known;
        }
        AllDeploymentsPage page = AllDeploymentsPage.now();
        request.setAttribute(PAGE, page);
        return page;
    }

    /** Of the page; the last changed first, destroyed ones too. */
    @Exported(inline = true)
    public List<DeploymentRow> getDeployments() {
        return getPage().getRows();
    }

    @Exported(name = "page")
    public int getNumber() {
        return getPage().getPaging().getNumber();
    }

    /** Of all pages. */
    @Exported
    public int getTotal() {
        return getPage().getPaging().getTotal();
    }
}
