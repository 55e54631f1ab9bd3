// Job DSL: a freestyle job for "Build with Parameters". Every field of the step may hold parameters.
freeStyleJob('provision-web') {
    description('One container on an EC2 instance of its own.')
    parameters {
        stringParam('NAME', 'web', 'What the deployment is called')
        stringParam('IMAGE', 'nginx:1.27', 'Which container runs')
        textParam('PORTS', '80:80', 'Published ports, one to a line')
        choiceParam('INSTANCE_TYPE', ['t3.small', 't3.medium', 't4g.small'], '')
        stringParam('LIFETIME', '8h', 'When it may go; empty for the default')
    }
    steps {
        provisionEc2WithDocker {
            name('${NAME}')
            region('eu-central-1')
            instanceType('${INSTANCE_TYPE}')
            credentialsId('aws')
            containers {
                appContainer {
                    image('${IMAGE}')
                    ports(['${PORTS}'])
                }
            }
            expiresAfter('${LIFETIME}')
        }
        shell('curl --fail --retry 5 --retry-all-errors "$EC2_DOCKER_URL"')
    }
}
