using Net.Labs.Lessons;
using Net.Labs.Lessons.Models;

namespace Net.Tests.Unit.Labs.Lessons;

/// <summary>Labs are read into hosts, links, projects and steps.</summary>
public sealed class LabReaderTests
{
    [Fact]
    public void Hosts_have_daemons_unless_they_say_otherwise()
    {
        Lab lab = LabText.Read(
            "x-netlab:\n  question: Why?\n  hosts:\n    a: {}\n    b: {daemon: false}\n    c: {daemon: [--icc=false]}\n"
                + "    d:\n      routes: {default: 192.0.2.254}\n      sysctls: {net.ipv4.ip_forward: 1}\n      setup: true\n"
                + "  steps: [{look: Up, run: ip link}]\n");

        Assert.Equal([true, false, true, true], lab.Hosts.Select(host => host.HasDaemon));
        Assert.Equal(["--icc=false"], lab.Hosts[2].DaemonOptions!);
        Assert.Equal(("default", "192.0.2.254"), lab.Hosts[3].Routes.Select(pair => (pair.Key, pair.Value)).Single());
        Assert.Equal("1", lab.Hosts[3].Sysctls["net.ipv4.ip_forward"]);
        Assert.Equal(("d", "true"), lab.Hosts[3].Setup.Select(command => (command.Host, command.Text)).Single());
    }

    [Fact]
    public void A_command_says_where_it_runs_and_what_is_expected()
    {
        Lab lab = LabText.Read(
            "x-netlab:\n  question: Why?\n  hosts: {a: {}, b: {}}\n  steps:\n    - look: At it\n      on: b\n      run:\n"
                + "        - echo $HOME ${X:-y} $(id)\n"
                + "        - {on: a, in: web, run: dig web, prints: [\"^1\", b], lacks: c, exits: failing, within: 2s}\n"
                + "      check: ip link\n");

        LabCommand[] commands = [.. lab.Steps[0].Commands];
        Assert.Equal(("b", null, "echo $HOME ${X:-y} $(id)"), (commands[0].Host, commands[0].Container, commands[0].Text));
        Assert.Equal(0, commands[0].ExitCode);
        Assert.Equal(("a", "web", TimeSpan.FromSeconds(2)), (commands[1].Host, commands[1].Container, commands[1].Patience));
        Assert.Equal("prints /^1/, prints /b/, does not print /c/, fails", commands[1].Expectation);
        Assert.Equal((TimeSpan.Zero, TimeSpan.FromSeconds(5)), (commands[0].Patience, lab.Steps[0].Checks[0].Patience));
    }

    [Theory]
    [InlineData(0, "one\ntwo", null)]
    [InlineData(1, "one\ntwo", "exit code 1 instead of 0")]
    [InlineData(124, "", "exit code 124 instead of 0")]
    [InlineData(0, "zero\none", "no match of /^two$/ in the output")]
    [InlineData(0, "one\ntwo\nbad", "/bad/ matches the output, and should not")]
    public void What_was_seen_is_compared(int exitCode, string output, string? difference)
    {
        LabCommand command = LabText.Read(
            "x-netlab: {question: Why?, hosts: {a: {}}, steps: [{look: At it, run: {run: x, prints: [\"^two$\", one], lacks: bad}}]}")
            .Steps[0].Commands[0];

        Assert.Equal(difference, command.DifferenceTo(new Seen(exitCode, output)));
    }

    [Fact]
    public void What_hangs_or_cannot_be_compared_is_never_as_expected()
    {
        LabCommand[] commands =
        [
            .. LabText.Read(
                "x-netlab: {question: Why?, hosts: {a: {}}, steps: [{look: At it, run: [{run: x, exits: failing}, "
                    + "{run: x, prints: '(a+)+$'}]}]}").Steps[0].Commands,
        ];

        Assert.Equal("it did not end in time", commands[0].DifferenceTo(new Seen(124, "") { TimedOut = true }));
        Assert.Null(commands[0].DifferenceTo(new Seen(1, "")));
        Assert.Contains("takes too long", commands[1].DifferenceTo(new Seen(0, new string('a', 60_000) + "b")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("04", "04-ports")]
    [InlineData("4", "04-ports")]
    [InlineData("ports", "04-ports")]
    [InlineData("04-ports", "04-ports")]
    [InlineData("dns", null)]
    [InlineData("dns-broken", "dns-broken")]
    public void A_lab_is_called_by_its_name_its_number_or_the_rest_of_its_name(string asked, string? found) =>
        Assert.Equal(found, LabName.Find<string>(["04-ports", "dns-broken", "14-macvlan"], name => name, asked));

    [Fact]
    public void A_call_that_two_labs_have_is_refused() => Assert.Contains(
        "\"4\" may be 04-ports or 4-nat",
        Assert.Throws<FormatException>(() => LabName.Find<string>(["04-ports", "4-nat"], name => name, "4")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Services_are_on_all_daemons_or_on_those_that_they_name()
    {
        Lab lab = LabText.Read(
            "services:\n  web: {command: sleep 9, ports: [\"80:80\"]}\n"
                + "  far: {command: sleep 9, ports: [\"81:80\"], x-netlab: {host: b}}\n"
                + "  near: {command: sleep 9, ports: [\"81:80\"], x-netlab: {host: [a]}}\n"
                + "x-netlab: {question: Why?, hosts: {a: {}, b: {}, c: {daemon: false}}, steps: [{look: At it, run: x}]}");

        Assert.Equal(["web", "near"], lab.Projects["a"].Services.Select(service => service.Name));
        Assert.Equal(["web", "far"], lab.Projects["b"].Services.Select(service => service.Name));
        Assert.DoesNotContain("c", lab.Projects.Keys);
    }

    [Fact]
    public void Ends_of_a_link_are_in_the_order_of_the_hosts() =>
        Assert.Equal(
            ["one 192.0.2.1/24", "two 192.0.2.2/24,2001:db8::2/64"],
            LabText.Read(LabText.Small).Links[0].Ends.Select(end => $"{end.Host} {string.Join(',', end.Addresses)}"));
}
