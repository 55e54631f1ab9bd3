/**
 * The Pipeline steps {@code provisionEc2Docker} and {@code destroyEc2Docker}, and the form of a request, which the freestyle step shows
 * as well.
 *
 * <p>A request comes in as a Jenkinsfile's maps and symbols or as a submitted form. Both become the same describables ({@link
 * io.jenkins.plugins.ec2docker.jenkins.step.AppContainer} and its neighbours), these become the request's document, and the engine's parser
 * alone says whether it is right.
 */
package io.jenkins.plugins.ec2docker.jenkins.step;
