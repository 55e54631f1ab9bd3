/** What runs call in EC2, Auto Scaling, ECS, Elastic Load Balancing, Systems Manager and SES. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.aws.clients;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
