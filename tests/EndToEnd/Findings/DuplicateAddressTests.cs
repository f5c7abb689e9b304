using System.Diagnostics;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Findings;

/// <summary>Two on one network with the same IP address or Ethernet address are named.</summary>
public sealed class DuplicateAddressTests
{
    // A machine of another program on our bridge.
    private const string Guest =
        """
        ip netns add guest
        ip link add guest type veth peer name eth0 netns guest
        ip link set guest master br-front
        ip link set guest up
        ip -n guest link set eth0 up
        """;

    [KernelFact]
    public void A_machine_on_our_bridge_with_a_containers_IP_address_is_named()
    {
        using TestHost host = Town.Open();
        host.Shell($"{Guest}\nip -n guest address add 10.88.0.20/24 dev eth0");
        string mac = host.Shell("ip netns exec guest cat /sys/class/net/eth0/address");
        Assert.Equal(2, Answers(host));
        ToldFinding found = ToldFinding.Only(host, "duplicate-address", "container web");
        Assert.Contains(mac, found.Cause, StringComparison.Ordinal);
        Assert.Equal("ip link set dev guest nomaster", found.Remedy);
        found.Follow(host);
        Assert.Equal(1, Answers(host));
    }

    [KernelFact]
    public void A_machine_on_our_bridge_with_a_containers_Ethernet_address_is_named()
    {
        using TestHost host = Town.Open();
        string mac = host.Shell("ip netns exec web cat /sys/class/net/eth0/address");
        host.Shell($"{Guest}\nip -n guest link set eth0 address {mac}\nip -n guest address add 10.88.0.77/24 dev eth0");

        // The bridge learns the address anew with each frame, from whoever sent last.
        using Process talker = host.Start("ip", "netns", "exec", "guest", "ping", "-q", "-i", "0.01", "10.88.0.1");
        TestHost.Eventually(
            "the bridge takes the guest for the container",
            () => host.Shell("bridge fdb show br br-front").Split('\n')
                .Any(line => line.StartsWith($"{mac} dev guest ", StringComparison.Ordinal)));
        Assert.False(Town.PortAnswers(host));
        ToldFinding found = ToldFinding.Only(host, "duplicate-address", "container web");
        found.Follow(host);
        Town.Works(host);
        talker.Kill();
    }

    [KernelFact]
    public void A_container_that_was_given_anothers_Ethernet_address_is_named_with_both()
    {
        using TestHost host = Town.Open();
        host.NetctlOk("run", "-d", "--name", "twin", "--network", "front", "sleep", "1000");
        string mac = host.Shell("ip netns exec web cat /sys/class/net/eth0/address");
        host.Shell($"ip -n twin link set dev eth0 address {mac}");
        Assert.NotEqual(0, host.Run("ip", "netns", "exec", "twin", "ping", "-q", "-c", "1", "-W", "1", "10.88.0.1").ExitCode);
        ToldFinding found = ToldFinding.Only(host, "duplicate-address", "container twin");
        Assert.Contains("container web", found.Cause, StringComparison.Ordinal);
        Assert.Equal("netctl doctor --fix", found.Remedy);
        found.Follow(host);
        host.Shell("ip netns exec twin ping -q -c 1 -w 3 10.88.0.1");
    }

    [KernelFact]
    public void A_host_with_a_containers_address_is_named()
    {
        using TestHost host = Town.Open();
        host.Shell("ip address add 10.88.0.20/24 dev lan noprefixroute");
        Assert.False(Town.PortAnswers(host));
        ToldFinding found = ToldFinding.Only(host, "duplicate-address", "container web");
        Assert.Equal("ip address flush dev lan to 10.88.0.20", found.Remedy);
        found.Follow(host);
        Town.Works(host);
    }

    [KernelFact]
    public void A_machine_on_our_bridge_with_addresses_of_its_own_is_no_fault()
    {
        using TestHost host = Town.Open();
        host.Shell($"{Guest}\nip -n guest address add 10.88.0.77/24 dev eth0\nip netns exec guest ping -q -c 1 -w 10 10.88.0.1");
        Assert.Empty(ToldFinding.AllOf(host));
    }

    private static int Answers(TestHost host) => host.Shell(
        """
        python3 - <<'END'
        import socket, time
        s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0806))
        s.bind(("br-front", 0x0806))
        mac = s.getsockname()[4]
        arp = bytes.fromhex("08060001080006040001") + mac + bytes([10, 88, 0, 1]) + bytes(6) + bytes([10, 88, 0, 20])
        s.send(b"\xff" * 6 + mac + arp)
        end = time.time() + 1
        seen = set()
        while (left := end - time.time()) > 0:
            s.settimeout(left)
            try: frame = s.recv(100)
            except TimeoutError: break
            if frame[20:22] == b"\0\2" and frame[28:32] == bytes([10, 88, 0, 20]): seen.add(frame[22:28])
        print(len(seen))
        END
        """) is var text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : 0;
}
