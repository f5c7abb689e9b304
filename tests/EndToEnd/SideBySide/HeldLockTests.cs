using System.Diagnostics;
using System.Globalization;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.SideBySide;

/// <summary>Programs that keep iptables from changing rules hold up only what needs it, and not without end.</summary>
public sealed class HeldLockTests
{
    [KernelFact]
    public void Who_holds_the_lock_of_iptables_is_named_and_holds_up_nothing_else()
    {
        using TestHost host = TestHost.Create();
        FirewallHealingTests.UseLegacy(host);

        // The machine has one such file, and this host another.
        host.Shell($"touch {host.Root}/lock /run/xtables.lock; mount --bind {host.Root}/lock /run/xtables.lock");
        host.StartDaemon("--firewall-backend", "iptables");
        host.NetctlOk("run", "-d", "--name", "web", "-p", "8080:80", "sleep", "1000");
        using Process holder = host.Start("flock", "/run/xtables.lock", "sh", "-c", "echo held; exec sleep 1000");
        Assert.Equal("held", holder.StandardOutput.ReadLine());

        // One after another, these would take longer than a command is waited for here.
        Process[] publish =
        [
            .. Enumerable.Range(8100, 30).Select(port => host.Start(
                "sh", "-c", string.Create(CultureInfo.InvariantCulture, $"exec \"$NETCTL\" publish web {port}:81"))),
        ];
        using Process create = host.Start("sh", "-c", "exec \"$NETCTL\" network create front");
        host.NetctlOk("create", "--name", "bare", "--network", "none");
        host.NetctlOk("rename", "bare", "alone");
        host.NetctlOk("run", "--rm", "true");

        string refusal = "Error response from daemon: the lock of iptables, /run/xtables.lock, is held by process "
            + string.Create(CultureInfo.InvariantCulture, $"{holder.Id} (flock), for more than 10 s; end that one, then try again\n");
        Assert.All(publish, one => Assert.Equal(refusal, one.StandardError.ReadToEnd()));
        Assert.Equal(refusal, create.StandardError.ReadToEnd());
        Assert.DoesNotContain("front", host.NetctlOk("network", "ls"), StringComparison.Ordinal);

        using Process patient = host.Start("sh", "-c", "exec \"$NETCTL\" publish web 8082:82");
        holder.Kill(entireProcessTree: true);
        patient.WaitForExit();
        Assert.Equal(
            "80/tcp -> 0.0.0.0:8080\n80/tcp -> [::]:8080\n82/tcp -> 0.0.0.0:8082\n82/tcp -> [::]:8082", host.NetctlOk("port", "web"));
        host.DoctorIsContent();
    }

    [KernelFact]
    public void A_program_that_does_not_end_is_named_and_ended()
    {
        using TestHost host = TestHost.Create();
        string hang = FirewallHealingTests.UseWrapped(host, "sleep 1000");
        host.StartDaemon("--firewall-backend", "iptables");
        host.NetctlOk("run", "-d", "--name", "web", "sleep", "1000");
        File.WriteAllText(hang, "");
        string refusal = host.Netctl("publish", "web", "8081:81").StandardError;
        Assert.Matches(
            $"^Error response from daemon: firewall: {host.Programs}/iptables-restore \\(process [0-9]+\\) had not ended after 30 s "
                + "and was ended; see whether the machine is overloaded or what the program waits for, then try again\n$",
            refusal);
        File.Delete(hang);
        host.NetctlOk("publish", "web", "8081:81");
        host.DoctorIsContent();
    }
}
