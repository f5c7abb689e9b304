using Net.Api.Containers;
using Net.Api.Networks;
using Net.Labs.Compose.Models;

namespace Net.Tests.Unit.Labs;

/// <summary>What Compose files say, as the Compose specification means it.</summary>
public sealed class ComposeReaderTests
{
    [Fact]
    public void Everything_about_networking_is_read()
    {
        ComposeProject project = ComposeText.Of(
            """
            services:
              web:
                command: ["httpd", "-f"]
                hostname: www
                domainname: example.org
                mac_address: 02:42:ac:11:00:09
                networks:
                  front:
                    {aliases: [site, www], ipv4_address: 10.7.0.9, ipv6_address: "fd00:7::9", gw_priority: 5, link_local_ips: [169.254.8.8]}
                  back: {priority: 100, driver_opts: {a: b}}
                ports: ["8080:80", "127.0.0.1::53/udp", {target: 443, published: "8443-8444", host_ip: "::1", protocol: tcp}]
                expose: [3000, "4000-4002/udp"]
                dns: 9.9.9.9
                dns_search: [a.example, b.example]
                dns_opt: ["ndots:2"]
                extra_hosts: ["one:10.0.0.1", "two=[fd00::2]"]
                environment: {A: 1, B: }
                sysctls: [net.core.somaxconn=1024]
                restart: on-failure:3
                labels: [com.example=yes]
                stop_grace_period: 1m30s
                logging: {driver: json-file, options: {max-size: 10k}}
            networks:
              front:
                ipam:
                  config:
                    - {subnet: 10.7.0.0/24, ip_range: 10.7.0.0/25, gateway: 10.7.0.1, aux_addresses: {x: 10.7.0.5}}
                    - subnet: "fd00:7::/64"
                enable_ipv6: true
                driver_opts: {com.docker.network.bridge.enable_icc: "false"}
                labels: {team: a}
              back: {internal: true, attachable: true, name: rear}
            """);
        ComposeService web = Assert.Single(project.Services);
        ContainerCreateRequest request = web.Request;
        Assert.Equal(["httpd", "-f"], request.Cmd);
        Assert.Equal("www.example.org", request.Hostname);
        Assert.Equal(["8080:80", "127.0.0.1::53/udp", "[::1]:8443-8444:443"], request.Ports);
        Assert.Equal(["3000", "4000-4002/udp"], request.Expose);
        Assert.Equal(["9.9.9.9"], request.Dns);
        Assert.Equal(["a.example", "b.example"], request.DnsSearch);
        Assert.Equal(["ndots:2"], request.DnsOptions);
        Assert.Equal(["one:10.0.0.1", "two:fd00::2"], request.ExtraHosts);
        Assert.Equal(["A=1"], request.Env);
        Assert.Equal("1024", request.Sysctls!["net.core.somaxconn"]);
        Assert.Equal(new RestartPolicy { Name = "on-failure", MaximumRetryCount = 3 }, request.RestartPolicy);
        Assert.Equal("yes", request.Labels!["com.example"]);
        Assert.Equal("10k", request.LogConfig!.Config!["max-size"]);
        Assert.Equal(90, web.StopSeconds);

        Assert.Equal(["back", "front"], web.Networks.Select(network => network.Key));
        EndpointConfig front = web.Networks[1].Endpoint;
        Assert.Equal(["site", "www"], front.Aliases);
        Assert.Equal("10.7.0.9", front.IPAMConfig!.IPv4Address);
        Assert.Equal("fd00:7::9", front.IPAMConfig.IPv6Address);
        Assert.Equal(["169.254.8.8"], front.IPAMConfig.LinkLocalIPs);
        Assert.Equal(5, front.GwPriority);
        Assert.Equal("02:42:ac:11:00:09", web.Networks[0].Endpoint.MacAddress);
        Assert.Equal("b", web.Networks[0].Endpoint.DriverOpts!["a"]);

        Assert.Equal(["shop_front", "rear"], project.Networks.Select(network => network.Name));
        NetworkCreateRequest network = project.Networks[0].Request;
        Assert.True(network.EnableIPv6);
        Assert.Equal(["10.7.0.0/24", "fd00:7::/64"], network.IPAM!.Config!.Select(pool => pool.Subnet));
        Assert.Equal("10.7.0.5", network.IPAM.Config![0].AuxiliaryAddresses!["x"]);
        Assert.Equal("false", network.Options!["com.docker.network.bridge.enable_icc"]);
        Assert.True(project.Networks[1].Request is { Internal: true, Attachable: true });
        Assert.Empty(project.Warnings);
    }

    [Fact]
    public void A_service_that_names_no_network_joins_the_default_one()
    {
        ComposeProject project = ComposeText.Of("services: {web: {command: sleep 10}, db: {command: sleep 10}}");
        Assert.Equal("shop_default", Assert.Single(project.Networks).Name);
        Assert.All(project.Services, service => Assert.Equal("default", Assert.Single(service.Networks).Key));
    }

    [Fact]
    public void Services_come_after_those_that_they_need()
    {
        ComposeProject project = ComposeText.Of(
            """
            services:
              web:
                command: a
                depends_on:
                  api: {condition: service_healthy, restart: true}
                  extra: {condition: service_started, required: false}
              api: {command: a, links: ["db:store"], healthcheck: {test: "true", interval: 2s}}
              side: {command: a, network_mode: "service:web"}
              db: {command: a}
            """);
        Assert.Equal(["db", "api", "web", "side"], project.Services.Select(service => service.Name));
        ServiceDependency first = project.Services[2].Dependencies[0];
        Assert.True(first is { Condition: DependencyCondition.Healthy, Restarts: true, IsRequired: true });
        Assert.Equal("store", Assert.Single(project.Services[1].Links).Alias);
        Assert.Equal(["CMD-SHELL", "true"], project.Services[1].Request.Healthcheck!.Test);
    }

    [Fact]
    public void Keys_without_a_meaning_are_named_in_one_warning_a_file()
    {
        ComposeProject project = ComposeText.Of(
            """
            version: "3.8"
            services:
              web: {image: nginx, volumes: [a:/b], cap_add: [NET_ADMIN], deploy: {resources: {}}}
              db: {image: postgres, command: sleep 10, x-own: {anything: goes}}
            volumes: {a: }
            x-shared: &shared {tty: true}
            """);
        Assert.Equal(
            [
                "compose.yaml: ignored: cap_add, deploy.resources, image, version, volumes "
                    + "(netctl has no images, volumes or resource limits)",
            ],
            project.Warnings);
        Assert.False(project.Services[0].HasCommand);
    }

    [Fact]
    public void Anchors_and_merge_keys_are_taken_apart()
    {
        ComposeProject project = ComposeText.Of(
            """
            x-base: &base
              command: sleep 10
              environment: &env {A: one, B: two}
            services:
              web: {<<: *base, hostname: www}
              api: {<<: [*base], environment: {<<: *env, A: own}}
            """);
        Assert.Equal(["sleep", "10"], project.Services[0].Request.Cmd);
        Assert.Equal("www", project.Services[0].Request.Hostname);
        Assert.Equal(["A=own", "B=two"], project.Services[1].Request.Env);
    }

    [Fact]
    public void A_later_file_is_laid_over_an_earlier_one()
    {
        using var files = new ComposeText(
            """
            services:
              web: {command: [a, b], ports: ["80:80"], environment: [A=1, B=2], networks: [front], dns: [1.1.1.1]}
              db: {command: a, expose: [1]}
            networks: {front: }
            """);
        files.Add(
            "compose.override.yaml",
            """
            services:
              web: {command: [c], ports: ["81:80", "80:80"], environment: {B: 3}, networks: {back: }, dns: !override [2.2.2.2]}
              db: {expose: !reset null}
            networks: {back: }
            """);
        ComposeProject project = files.Read();
        ComposeService web = project.Services.Single(service => service.Name == "web");
        Assert.Equal(["c"], web.Request.Cmd);
        Assert.Equal(["80:80", "81:80"], web.Request.Ports);
        Assert.Equal(["A=1", "B=3"], web.Request.Env);
        Assert.Equal(["front", "back"], web.Networks.Select(network => network.Key));
        Assert.Equal(["2.2.2.2"], web.Request.Dns);
        Assert.Null(project.Services.Single(service => service.Name == "db").Request.Expose);
    }

    [Fact]
    public void Files_are_included_and_services_extended()
    {
        using var files = new ComposeText(
            """
            include: [db.yaml]
            services:
              web: {extends: {file: base.yaml, service: base}, hostname: www, depends_on: [db]}
              api: {extends: web, hostname: api}
            """);
        files.Add("db.yaml", "services: {db: {command: store}}");
        files.Add("base.yaml", "services: {base: {command: serve, environment: [A=1]}}");
        ComposeProject project = files.Read();
        Assert.Equal(["db", "web", "api"], project.Services.Select(service => service.Name));
        Assert.All(project.Services.Skip(1), service => Assert.Equal(["serve"], service.Request.Cmd));
        Assert.Equal(["www", "api"], project.Services.Skip(1).Select(service => service.Request.Hostname));
    }

    [Fact]
    public void Services_may_have_the_names_of_keys_and_nothing_above_leaves_what_is_below()
    {
        using var files = new ComposeText(
            """
            services:
              test: {command: a, hostname: one, environment: ["Logging:Level=x", A=1]}
              command: {command: a, networks: {back: {ipv4_address: 10.9.0.4}}, depends_on: {test: {condition: service_healthy}}}
            networks: {back: {ipam: {config: [{subnet: 10.9.0.0/24}]}}}
            """);
        files.Add(
            "compose.override.yaml",
            """
            services:
              test: {environment: ["Logging:Level=y"]}
              command: {networks: [back], depends_on: [test], environment: }
            networks: {back: {ipam: {config: [{subnet: 10.9.0.0/24, gateway: 10.9.0.9}]}}}
            """);
        ComposeProject project = files.Read();
        Assert.Equal("one", project.Services[0].Request.Hostname);
        Assert.Equal(["A=1", "Logging:Level=y"], project.Services[0].Request.Env);
        Assert.Equal("10.9.0.4", project.Services[1].Networks[0].Endpoint.IPAMConfig!.IPv4Address);
        Assert.Equal(DependencyCondition.Healthy, project.Services[1].Dependencies[0].Condition);
        Assert.Equal("10.9.0.9", Assert.Single(project.Networks[0].Request.IPAM!.Config!).Gateway);
    }

    [Theory]
    [InlineData("0.0.0.0:8080:80", "[::]:8080:80")]
    [InlineData("127.0.0.1:8080:80", "192.0.2.1:8080:81")]
    [InlineData("8080:80", "8080:80/udp")]
    [InlineData("8000-8010:80", "8000-8010:81")]
    public void Ports_that_are_told_apart_can_both_be_published(string one, string other) => Assert.Equal(
        2, ComposeText.Of($"services: {{web: {{ports: [\"{one}\", \"{other}\"]}}}}").Services[0].Request.Ports!.Count);

    [Fact]
    public void An_included_project_has_variables_of_its_own_below_those_around_it()
    {
        using var files = new ComposeText(
            """
            include: [{path: part/compose.yaml, env_file: part.env}, other/compose.yaml]
            services: {web: {hostname: "${INNER:-none}"}}
            """);
        files.Add("part/compose.yaml", "services: {db: {hostname: \"${INNER}-${OUTER}\"}}");
        files.Add("part.env", "INNER=inner\nOUTER=lost");
        files.Add("other/compose.yaml", "services: {cache: {hostname: \"${INNER}\"}}");
        files.Add("other/.env", "INNER=other");
        files.Variables["OUTER"] = "outer";
        Assert.Equal(
            ["cache other", "db inner-outer", "web none"],
            files.Read().Services.Select(service => $"{service.Name} {service.Request.Hostname}").Order(StringComparer.Ordinal));
        files.Add("part/compose.yaml", "services: {web: {hostname: a}}");
        Assert.StartsWith(
            "compose.yaml:2: services.web: part/compose.yaml:1 has a service of this name, and is included: ",
            Assert.ThrowsAny<FormatException>(files.Read).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_in_an_included_or_extended_file_begins_in_that_files_folder()
    {
        using var files = new ComposeText(
            """
            include: [parts/db.yaml]
            services: {web: {extends: {file: parts/base.yaml, service: base}, env_file: top.env}}
            """);
        files.Add("parts/db.yaml", "services: {db: {command: store, env_file: db.env}}");
        files.Add("parts/db.env", "FROM=parts");
        files.Add("parts/base.yaml", "services: {base: {extends: {file: root.yaml, service: root}}}");
        files.Add("parts/root.yaml", "services: {root: {command: serve}}");
        files.Add("top.env", "FROM=top");
        ComposeProject project = files.Read();
        Assert.Equal(["FROM=parts"], project.Services.Single(service => service.Name == "db").Request.Env);
        Assert.Equal(["FROM=top"], project.Services.Single(service => service.Name == "web").Request.Env);
        Assert.Equal(["serve"], project.Services.Single(service => service.Name == "web").Request.Cmd);
    }

    [Fact]
    public void What_is_written_as_one_or_as_a_list_is_joined_and_a_port_counts_once()
    {
        using var files = new ComposeText("services: {web: {dns: 1.1.1.1, dns_search: [a], ports: [\"80:80\"]}}");
        files.Add(
            "compose.override.yaml",
            "services: {web: {dns: [2.2.2.2], dns_search: b, ports: [{target: 80, published: \"80\", protocol: tcp}]}}");
        ComposeService web = files.Read().Services[0];
        Assert.Equal(["1.1.1.1", "2.2.2.2"], web.Request.Dns);
        Assert.Equal(["a", "b"], web.Request.DnsSearch);
        Assert.Equal(["80:80"], web.Request.Ports);
    }

    [Fact]
    public void Keys_about_a_command_are_named_where_there_is_none_and_ports_where_the_host_has_them()
    {
        ComposeProject project = ComposeText.Of(
            """
            services:
              db: {environment: {A: 1}, restart: always}
              probe: {command: a, network_mode: host, ports: ["80:80"], deploy: {restart_policy: {condition: any}}}
            """);
        Assert.Equal(
            [
                "compose.yaml:2: services.db: not used without a command: environment, restart",
                "compose.yaml:3: services.probe.ports: not used with network_mode host",
            ],
            project.Warnings);
        Assert.Equal("always", project.Services[1].Request.RestartPolicy!.Name);
    }

    [Fact]
    public void Only_the_services_of_chosen_profiles_belong_to_the_project()
    {
        const string text = "services: {web: {command: a}, probe: {command: a, profiles: [test, debug]}}";
        Assert.Equal(["web"], ComposeText.Of(text).Services.Select(service => service.Name));
        using var files = new ComposeText(text);
        files.Profiles.Add("debug");
        Assert.Equal(["web", "probe"], files.Read().Services.Select(service => service.Name));
    }

    [Theory]
    [InlineData("a  b\tc", "a|b|c")]
    [InlineData("sh -c 'echo \"hi there\"'", "sh|-c|echo \"hi there\"")]
    [InlineData("a\"b c\"d", "ab cd")]
    [InlineData("\"a\\\"b\" 'c\\d' e\\ f", "a\"b|c\\d|e f")]
    [InlineData("a ''", "a|")]
    public void A_command_in_one_text_is_split_as_a_shell_splits_words(string command, string words)
    {
        string quoted = command.Replace("'", "''", StringComparison.Ordinal);
        Assert.Equal(words.Split('|'), ComposeText.Of($"services: {{web: {{command: '{quoted}'}}}}").Services[0].Request.Cmd);
    }

    [Fact]
    public void A_command_of_the_labs_own_stands_in_for_an_image()
    {
        ComposeProject project = ComposeText.Of(
            """
            services:
              web: {image: nginx, x-netlab: {command: busybox httpd -f}}
              own: {command: mine, x-netlab: {command: other}}
            """);
        Assert.Equal(["busybox", "httpd", "-f"], project.Services[0].Request.Cmd);
        Assert.Equal(["other"], project.Services[1].Request.Cmd);
    }
}
