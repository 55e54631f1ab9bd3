// Two jobs that work on the first click. Written as an init script so that the demo needs no further plugin.
import hudson.model.ChoiceParameterDefinition
import hudson.model.FreeStyleProject
import hudson.model.ParametersDefinitionProperty
import hudson.model.StringParameterDefinition
import hudson.tasks.Shell
import io.jenkins.plugins.ec2docker.jenkins.builder.ProvisionBuilder
import jenkins.model.Jenkins
import org.jenkinsci.plugins.structs.describable.DescribableModel
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition
import org.jenkinsci.plugins.workflow.job.WorkflowJob

def jenkins = Jenkins.get()

if (jenkins.getItem('pipeline') == null) {
    def pipeline = jenkins.createProject(WorkflowJob, 'pipeline')
    pipeline.definition = new CpsFlowDefinition('''\
        node {
          def web = provisionEc2Docker(
            region: 'eu-central-1',
            instanceType: 't3.small',
            containers: [
              appContainer(image: 'nginx:1.27', ports: ['80:80']),
              appContainer(image: 'redis:7.4-alpine')
            ],
            usersText: 'username,email\\nada,ada@example.com\\n',
            credentialsId: 'aws')
          echo "Running at ${web.url}"
        }
        '''.stripIndent(), true)
    pipeline.save()
}

if (jenkins.getItem('freestyle') == null) {
    def freestyle = jenkins.createProject(FreeStyleProject, 'freestyle')
    freestyle.addProperty(new ParametersDefinitionProperty(
        new StringParameterDefinition('NAME', 'web', 'What the deployment is called'),
        new StringParameterDefinition('IMAGE', 'nginx:1.27', 'Which container runs'),
        new ChoiceParameterDefinition('INSTANCE_TYPE', ['t3.small', 't3.medium', 't4g.small'] as String[], '')))
    freestyle.buildersList.add(DescribableModel.of(ProvisionBuilder).instantiate([
        name: '${NAME}',
        region: 'eu-central-1',
        instanceType: '${INSTANCE_TYPE}',
        credentialsId: 'aws',
        containers: [[$class: 'AppContainer', image: '${IMAGE}', ports: ['80:80']]],
    ]))
    freestyle.buildersList.add(new Shell('env | grep ^EC2_DOCKER_'))
    freestyle.save()
}
