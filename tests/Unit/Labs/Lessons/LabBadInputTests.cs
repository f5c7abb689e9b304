namespace Net.Tests.Unit.Labs.Lessons;

/// <summary>Labs that are wrong: the message names file, line and key, the cause, and what the key takes.</summary>
public sealed class LabBadInputTests
{
    private const string Steps = ", steps: [{look: At it, run: x}]";

    [Theory]
    [InlineData("{hosts: {a: {}}" + Steps, "x-netlab.question: the lab asks nothing")]
    [InlineData("{questoin: Why?, hosts: {a: {}}" + Steps, "x-netlab: \"questoin\" is no key of a lab; did you mean \"question\"?")]
    [InlineData("{question: Why?" + Steps, "x-netlab.hosts: there is no host")]
    [InlineData("{question: Why?, hots: {a: {}}" + Steps, "x-netlab: \"hots\" is no key of a lab; did you mean \"hosts\"?")]
    [InlineData("{question: Why?, hosts: {a: {}}, steps: [{lok: A, run: x}]",
        "x-netlab.steps: \"lok\" is no key of a step; did you mean \"look\"?")]
    [InlineData("{question: Why?, hosts: {a: {}}, steps: [{look: A, run: {rnu: x}}]",
        "x-netlab.steps.run: \"rnu\" is no key of a command; did you mean \"run\"?")]
    [InlineData("{question: Why?, hosts: {a: {}}, steps: []", "x-netlab.steps: there is no step")]
    [InlineData("{question: Why?, hosts: {a: {}}, lniks: {}" + Steps,
        "x-netlab: \"lniks\" is no key of a lab; did you mean \"links\"?; it takes about, any_order, faults, hosts, links, ")]
    [InlineData("{question: Why?, hosts: {a: {deamon: false}}" + Steps,
        "x-netlab.hosts.a: \"deamon\" is no key of a host; did you mean \"daemon\"?; it takes daemon, routes, setup, sysctls")]
    [InlineData("{question: Why?, hosts: {A_b: {}}" + Steps, "\"A_b\" is no name of a host: ")]
    [InlineData("{question: Why?, hosts: {switch: {}}" + Steps, "\"switch\" is the name of what joins the hosts: ")]
    [InlineData("{question: Why?, hosts: {a: {daemon: maybe}}" + Steps, "x-netlab.hosts.a.daemon is \"maybe\", and takes true or false")]
    [InlineData("{question: Why?, hosts: {a: {routes: {default: here}}}" + Steps, "x-netlab.hosts.a.routes: \"here\" is no address: ")]
    [InlineData("{question: Why?, hosts: {a: {sysctls: {vm.swappiness: 1}}}" + Steps,
        "x-netlab.hosts.a.sysctls: \"vm.swappiness\" is the machine's and not a host's: ")]
    [InlineData("{question: Why?, hosts: {a: {setup: {in: web, run: x}}}" + Steps,
        "in: web: there are no containers before the daemon starts: ")]
    [InlineData("{question: Why?, hosts: {a: {}}, links: {lan: {hosts: {b: 192.0.2.1/24}}}" + Steps,
        "x-netlab.links.lan.hosts.b: there is no host \"b\"; the lab has a")]
    [InlineData("{question: Why?, hosts: {a: {}}, links: {lan: {hosts: {a: 192.0.2.1}}}" + Steps,
        "x-netlab.links.lan.hosts.a: \"192.0.2.1\" is no address with a prefix length: ")]
    [InlineData("{question: Why?, hosts: {a: {}, b: {}}, links: {lan: {hosts: {a: 192.0.2.1/24, b: 192.0.2.1/24}}}" + Steps,
        "x-netlab.links.lan: 192.0.2.1/24 is a's too: ")]
    [InlineData("{question: Why?, hosts: {a: {}}, links: {a-link-that-is-too-long: {hosts: {a: []}}}" + Steps,
        "\"a-link-that-is-too-long\" is no name of a link: ")]
    [InlineData("{question: Why?, hosts: {a: {}}, links: {lan: {mtu: 5, hosts: {a: []}}}" + Steps,
        "x-netlab.links.lan.mtu is \"5\", and takes a whole number from 68 on")]
    [InlineData("{question: Why?, hosts: {lan: {}}, links: {lan: {hosts: {lan: []}}}" + Steps, "a host and a link are called \"lan\": ")]
    [InlineData("{question: Why?, hosts: {a: {}}, steps: [{run: x}]", "x-netlab.steps.task: a step has either task, ")]
    [InlineData("{question: Why?, hosts: {a: {}}, steps: [{look: A, task: B, run: x}]", "this one has both")]
    [InlineData("{question: Why?, hosts: {a: {}}, steps: [{look: A}]", "x-netlab.steps.run: the step \"A\" has no command: ")]
    [InlineData("{question: Why?, hosts: {a: {}}, steps: [{task: A, run: x}]", "x-netlab.steps.check: the task \"A\" has no check, ")]
    [InlineData("{question: Why?, hosts: {a: {}}, steps: [{task: A, run: x, check: y}]",
        "x-netlab.steps.hints: the task \"A\" has no hint: ")]
    [InlineData("{question: Why?, hosts: {a: {}}, steps: [{look: A, run: x}, {look: A, run: y}]", "two steps are called \"A\", ")]
    [InlineData("{question: Why?, hosts: {web: {}}, steps: [{look: A, on: wbe, run: x}]",
        "x-netlab.steps.on: there is no host \"wbe\"; did you mean \"web\"?; the lab has web")]
    [InlineData("{question: Why?, hosts: {a: {}}, steps: [{look: A, run: {run: x, pritns: y}}]",
        "x-netlab.steps.run: \"pritns\" is no key of a command; did you mean \"prints\"?; it takes ")]
    [InlineData("{question: Why?, hosts: {a: {}}, steps: [{look: A, run: {run: x, prints: '('}}]",
        "x-netlab.steps.run.prints: \"(\" is no regular expression: ")]
    [InlineData("{question: Why?, hosts: {a: {}}, steps: [{look: A, run: {run: x, exits: never}}]",
        "x-netlab.steps.run.exits is \"never\", and takes a whole number from 0 on")]
    [InlineData("{question: Why?, hosts: {a: {daemon: false}}, steps: [{look: A, run: {in: web, run: x}}]",
        "in: web: the host a has no daemon, so no containers: ")]
    [InlineData("{question: Why?, hosts: {a: {}}, steps: [{look: A, why: {b: c}, run: x}]",
        "x-netlab.steps.why is a mapping, and takes a text; one that has a colon and a blank in it is put in quotation marks")]
    public void It_is_named_with_its_line(string lab, string message)
    {
        string said = LabText.Fault($"x-netlab:\n  {lab}}}");
        Assert.StartsWith("lab.yml:2: ", said, StringComparison.Ordinal);
        Assert.Contains(message, said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_names_hosts_that_have_daemons() => Assert.StartsWith(
        "lab.yml:2: services.web.x-netlab.host: there is no host \"b\" with a daemon: name one of a",
        LabText.Fault("services:\n  web: {x-netlab: {host: b}}\nx-netlab: {question: W?, hosts: {a: {}, b: {daemon: false}}, steps: []}"),
        StringComparison.Ordinal);

    [Fact]
    public void Keys_beside_that_of_the_lab_are_those_of_a_Compose_file() => Assert.StartsWith(
        "lab.yml:1: \"servces\" is no key of a Compose file; did you mean \"services\"?",
        LabText.Fault("servces: {web: {}}\nx-netlab: {question: W?, hosts: {a: {}}, steps: [{look: A, run: x}]}"),
        StringComparison.Ordinal);

    [Fact]
    public void A_Compose_file_is_no_lab() => Assert.StartsWith(
        "lab.yml:1: there is no x-netlab in the file, so that it is no lab: ",
        LabText.Fault("services: {web: {}}\n"),
        StringComparison.Ordinal);

    [Fact]
    public void What_is_wrong_with_the_services_is_said_with_their_line() => Assert.StartsWith(
        "lab.yml:2: services.web: \"port\" is no key of a service; did you mean \"ports\"?",
        LabText.Fault("services:\n  web: {port: 80}\nx-netlab: {question: W?, hosts: {a: {}}, steps: [{look: A, run: x}]}"),
        StringComparison.Ordinal);
}
