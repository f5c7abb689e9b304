namespace Net.Tests.Unit.Labs;

/// <summary>Compose files that are wrong: the message names file, line and key, the cause, and what the key takes.</summary>
public sealed class ComposeBadInputTests
{
    [Theory]
    [InlineData("  web: {port: [\"80:80\"]}",
        "compose.yaml:2: services.web: \"port\" is no key of a service; did you mean \"ports\"?; it takes ")]
    [InlineData("  web: {networks: {a: {ipv4_adress: 10.0.0.1}}}\nnetworks: {a: }",
        "compose.yaml:2: services.web.networks.a: \"ipv4_adress\" is no key of a service's network; did you mean \"ipv4_address\"?")]
    [InlineData("  web: {}\nnetworks: {a: {intern: true}}",
        "compose.yaml:3: networks.a: \"intern\" is no key of a network; did you mean \"internal\"?; it takes attachable, driver, ")]
    [InlineData("  web: {networks: [frnt]}\nnetworks: {front: }",
        "compose.yaml:2: services.web: there is no network \"frnt\"; did you mean \"front\"?; name it under networks")]
    [InlineData("  web: {depends_on: [bd]}\n  db: {}",
        "compose.yaml:2: services.web: there is no service \"bd\"; did you mean \"db\"?")]
    [InlineData("  web: {links: [db]}\n  db: {profiles: [x]}",
        "compose.yaml:2: services.web: it needs \"db\", whose profile is not chosen: choose it with --profile")]
    [InlineData("  a: {depends_on: [b]}\n  b: {links: [c]}\n  c:\n    network_mode: service:a",
        "compose.yaml:5: services.c: services need each other in a circle, a -> b -> c -> a: leave one dependency or link out")]
    [InlineData("  web: {ports: [\"70000:80\"]}",
        "compose.yaml:2: services.web.ports: \"70000:80\" is no port: give ports from 1 to 65535")]
    [InlineData("  web: {ports: [\"80:http\"]}", "compose.yaml:2: services.web.ports: \"80:http\" is no port: ")]
    [InlineData("  web: {ports: [{published: 80}]}", "compose.yaml:2: services.web.ports has no target: ")]
    [InlineData("  web: {ports: 80}", "compose.yaml:2: services.web.ports is a single value, and takes a list of ports, such as ")]
    [InlineData("  web: {network_mode: \"service:b\", ports: [\"80:80\"]}\n  b: {}",
        "compose.yaml:2: services.web.ports: a service that uses another's network ")]
    [InlineData("  web: {network_mode: host, networks: [default]}",
        "compose.yaml:2: services.web.network_mode: a service has networks or a ")]
    [InlineData("  web: {networks: {default: {ipv4_address: 10.0.0}}}",
        "compose.yaml:2: services.web.networks.default.ipv4_address: \"10.0.0\" is no IPv4 address: ")]
    [InlineData("  web: {mac_address: 02-42}", "compose.yaml:2: services.web.mac_address: \"02-42\" is no MAC address: ")]
    [InlineData("  a: {networks: {n: {ipv4_address: 10.7.0.5}}}\n  b: {networks: {n: {ipv4_address: 10.7.0.5}}}\nnetworks: {n: }",
        "compose.yaml:3: services.b: services.a has 10.7.0.5 on network \"n\" too: give it another")]
    [InlineData("  a: {networks: {n: {ipv4_address: 10.9.0.5}}}\nnetworks: {n: {ipam: {config: [{subnet: 10.7.0.0/24}]}}}",
        "compose.yaml:2: services.a: 10.9.0.5 is not in 10.7.0.0/24, the subnet of network \"n\": ")]
    [InlineData("  a: {scale: 2, networks: {default: {ipv4_address: 10.9.0.5}}}",
        "compose.yaml:2: services.a: 2 containers cannot have the one ")]
    [InlineData("  a: {container_name: x}\n  b: {container_name: x}",
        "compose.yaml:3: services.b: services.a has a container with the name \"x\" too")]
    [InlineData("  a: {ports: [\"8080:80\"]}\n  b: {ports: [\"127.0.0.1:8080:81\"]}",
        "compose.yaml:3: services.b: services.a publishes host port 8080/tcp too: ")]
    [InlineData("  a: {ports: [\"8080:80\"], scale: 2}", "compose.yaml:2: services.a: 2 containers cannot have the one host port 8080: ")]
    [InlineData("  a: {container_name: x, scale: 2}", "compose.yaml:2: services.a: 2 containers cannot have one name: ")]
    [InlineData("  a: {restart: sometimes}", "compose.yaml:2: services.a.restart: \"sometimes\" is no restart policy: ")]
    [InlineData("  a: {depends_on: {b: {condition: ready}}}\n  b: {}",
        "compose.yaml:2: services.a.depends_on.b.condition: \"ready\" is no condition: it takes service_started, ")]
    [InlineData("  a: {healthcheck: {test: [true]}}",
        "compose.yaml:2: services.a.healthcheck.test: a list begins with CMD, CMD-SHELL or NONE")]
    [InlineData("  a: {healthcheck: {test: x, interval: soon}}",
        "compose.yaml:2: services.a.healthcheck.interval is \"soon\", and takes a duration, such as 10s or 1m30s")]
    [InlineData("  a: {tty: maybe}", "compose.yaml:2: services.a.tty is \"maybe\", and takes true or false")]
    [InlineData("  a: [x]", "compose.yaml:2: services.a is a list, and takes a mapping, KEY: VALUE")]
    [InlineData("  a: {extra_hosts: [db]}", "compose.yaml:2: services.a.extra_hosts: \"db\" has no address: ")]
    [InlineData("  a: {command: 'echo \"x'}", "compose.yaml:2: services.a.command: a quotation mark is not closed ")]
    [InlineData("  a: {env_file: gone.env}", "compose.yaml:2: services.a.env_file: the file ")]
    [InlineData("  a: {extends: b}",
        "compose.yaml:2: services.a.extends: there is no service \"b\" in compose.yaml: name one of its services")]
    [InlineData("  a: {extends: b}\n  b: {extends: a}", "compose.yaml:2: services.a.extends: services extend each other in a circle: ")]
    [InlineData("  a: {extends: {file: gone.yaml, service: b}}", "compose.yaml:2: services.a.extends: the file ")]
    [InlineData("  a: {ports: [\"8000-8002:80-81\"]}",
        "compose.yaml:2: services.a.ports: \"8000-8002:80-81\" has ranges of different length")]
    [InlineData("  a: {ports: [\"9-8:80\"]}", "compose.yaml:2: services.a.ports: \"9-8:80\" is no port: ")]
    [InlineData("  a: {ports: [\"999.1.1.1:80:80\"]}", "compose.yaml:2: services.a.ports: \"999.1.1.1:80:80\" is no port: ")]
    [InlineData("  a: {ports: [\"8000-8001:80-81\"]}\n  b: {ports: [\"8001:80\"]}",
        "compose.yaml:3: services.b: services.a publishes host port 8001/tcp too: ")]
    [InlineData("  a: {ports: [\"80:80\", \"80:81\"]}", "compose.yaml:2: services.a: it publishes host port 80/tcp twice: ")]
    [InlineData("  a: {}\n  b: {container_name: shop-a-1}",
        "compose.yaml:3: services.b: services.a has a container with the name \"shop-a-1\" too")]
    [InlineData("  a: {networks: [x, y]}\nnetworks: {x: {name: one}, y: {name: one}}",
        "compose.yaml:3: networks.y: networks.x is the network \"one\" too: use one of the two")]
    [InlineData("  a: {links: [b], networks: [x]}\n  b: {networks: [y]}\nnetworks: {x: , y: }",
        "compose.yaml:2: services.a: it links to \"b\", with which it has no network in common: ")]
    [InlineData("  a: {deploy: {restart_policy: {conditon: any}}}",
        "compose.yaml:2: services.a.deploy.restart_policy: \"conditon\" is no key of a restart policy; did you mean \"condition\"?")]
    [InlineData("  a: {env_file: {path: x, format: yaml, required: false}}",
        "compose.yaml:2: services.a.env_file.format: \"yaml\" is no format: ")]
    [InlineData("  a: {dns: nowhere}", "compose.yaml:2: services.a.dns: \"nowhere\" is no address: ")]
    [InlineData("  \"a/b\": {}", "compose.yaml:2: services: \"a/b\" is no name of a service: ")]
    [InlineData("  a: {healthcheck: {test: [CMD]}}", "compose.yaml:2: services.a.healthcheck.test: CMD has no command behind it")]
    [InlineData("  a: {}\nnetworks: {n: {ipam: {config: [{subnet: 10.0.0.0/33}]}}}",
        "compose.yaml:3: networks.n.ipam.config.subnet: \"10.0.0.0/33\" is no subnet: ")]
    [InlineData("  a: {}\nnetworks: {n: {ipam: {config: [{gateway: none}]}}}",
        "compose.yaml:3: networks.n.ipam.config.gateway: \"none\" is no address: ")]
    [InlineData("  a: {}\n  a: {}", "compose.yaml:3: this is no valid YAML: duplicate key a")]
    [InlineData("  a: {b", "compose.yaml:3: this is no valid YAML: ")]
    [InlineData("  a: {}\nservice: {}", "compose.yaml:3: \"service\" is no key of a Compose file; did you mean \"services\"?")]
    [InlineData("  a: {}\n---\nb: {}", "compose.yaml:4: a second document begins here: write one document a file")]
    public void What_is_wrong_is_said_with_its_line(string services, string message) =>
        Assert.StartsWith(message, ComposeText.Fault("services:\n" + services), StringComparison.Ordinal);

    [Fact]
    public void Anchors_that_expand_without_end_are_refused()
    {
        string lines = string.Concat(Enumerable.Range(1, 9).Select(
            i => $"x-{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 9))}]\n"));
        Assert.Contains("has more than 100000 values", ComposeText.Fault("x-0: &a0 [x]\n" + lines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        using var files = new ComposeText("services: {}");
        files.Files.Add("gone.yaml");
        Assert.Equal(
            "the Compose file gone.yaml is not there: give the path of one after -f", Assert.Throws<FormatException>(files.Read).Message);
    }
}
