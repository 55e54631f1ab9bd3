/** What runs call in EC2, Auto Scaling, ECS, Elastic Load Balancing, Systems Manager and SES. */
package io.jenkins.plugins.ec2docker.aws.clients;
