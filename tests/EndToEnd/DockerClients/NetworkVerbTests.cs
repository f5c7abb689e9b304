using System.Text.Json;

namespace Net.Tests.EndToEnd.DockerClients;

/// <summary>Docker's clients make, list, show, join, leave and remove networks, with every flag.</summary>
public sealed class NetworkVerbTests
{
    [DockerTheory]
    [InstalledClients]
    public void A_network_is_made_with_every_flag_and_listed_by_every_filter(string client)
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        var docker = new DockerProgram(host, client);
        string id = docker.Ok(
            "network", "create", "-d", "bridge", "--attachable", "--internal", "--ipv6", "--label", "tier=back", "--ipam-driver", "default",
            "--subnet", "10.72.0.0/24", "--ip-range", "10.72.0.128/25", "--gateway", "10.72.0.9", "--aux-address", "printer=10.72.0.130",
            "--subnet", "fd00:72::/64", "--scope", "local", "-o", "com.docker.network.bridge.name=br-back", "back");
        docker.Ok("network", "create", "front");

        string[] addresses = [.. JsonDocument.Parse(host.Shell("ip -j address show dev br-back")).RootElement[0]
            .GetProperty("addr_info").EnumerateArray().Where(static a => a.GetProperty("scope").GetString() == "global")
            .Select(static a => a.GetProperty("local").GetString()!)];
        Assert.Equal(["10.72.0.9", "fd00:72::1"], addresses);
        Assert.Equal("true true true local back map[com.docker.network.bridge.name:br-back] map[printer:10.72.0.130]", docker.Ok(
            "network", "inspect", "-v", "-f",
            "{{.Internal}} {{.Attachable}} {{.EnableIPv6}} {{.Scope}} {{.Labels.tier}} {{.Options}} {{(index .IPAM.Config 0).AuxAddress}}",
            "back"));
        foreach ((string filter, string expected) in new[]
        {
            ("name=fron", "front"), ($"id={id[..8]}", "back"), ("label=tier", "back"), ("label=tier=front", ""), ("driver=null", "none"),
            ("scope=local", "back bridge front host none"), ("scope=swarm", ""), ("type=custom", "back front"),
            ("type=builtin", "bridge host none"), ("dangling=true", "back front"),
        })
        {
            Assert.Equal((filter, expected), (filter, Names("-f", filter)));
        }

        Assert.Equal(id, docker.Ok("network", "ls", "-q", "--no-trunc", "-f", "name=back"));
        Assert.Equal(id[..12], docker.Ok("network", "ls", "-q", "-f", "name=back"));
        Assert.Equal("back|bridge|local|true|true", docker.Ok(
            "network", "ls", "-f", "name=back", "--format", "{{.Name}}|{{.Driver}}|{{.Scope}}|{{.IPv6}}|{{.Internal}}"));
        Assert.StartsWith("NAME      DRIVER\n", docker.Ok("network", "ls", "--format", "table {{.Name}}\t{{.Driver}}"));
        docker.Refused("already exists", "network", "create", "back");
        docker.Refused("ConfigFrom is not supported by netctl", "network", "create", "--config-from", "back", "copy");
        docker.Refused("ConfigOnly is not supported by netctl", "network", "create", "--config-only", "copy");
        docker.Refused("Ingress is not supported by netctl", "network", "create", "--ingress", "copy");
        docker.Refused("Scope is not supported by netctl", "network", "create", "--scope", "swarm", "copy");
        docker.Refused("nowhere", "network", "inspect", "nowhere");
        Assert.Equal("back\nfront", docker.Ok("network", "rm", "back", "front"));
        Assert.NotEqual(0, host.Run("ip", "link", "show", "br-back").ExitCode);

        string Names(params string[] flags) =>
            string.Join(' ', docker.Ok(["network", "ls", "--format", "{{.Name}}", .. flags]).Split('\n').Order());
    }

    [DockerTheory]
    [InstalledClients]
    public void A_container_is_connected_with_every_flag_and_disconnected(string client)
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        var docker = new DockerProgram(host, client);
        docker.Ok("network", "create", "--ipv6", "--subnet", "10.73.0.0/24", "--subnet", "fd00:73::/64", "front");
        host.NetctlOk("run", "-d", "--name", "db", "--network", "front", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "web", "sleep", "1000");
        bool isNew = docker.Ok("network", "connect", "--help").Contains("--gw-priority", StringComparison.Ordinal);

        docker.Ok([
            "network", "connect", "--ip", "10.73.0.77", "--ip6", "fd00:73::77", "--alias", "www", "--link", "db:data",
            "--link-local-ip", "169.254.7.7", .. isNew ? (string[])["--gw-priority", "5"] : [], "front", "web"]);
        string addresses = host.NetctlOk("exec", "web", "ip", "-o", "address", "show", "dev", "eth1");
        foreach (string address in new[] { "10.73.0.77/24", "fd00:73::77/64", "169.254.7.7/16" })
        {
            Assert.Contains(address, addresses, StringComparison.Ordinal);
        }

        string route = host.NetctlOk("exec", "web", "ip", "route", "show", "default");
        Assert.Contains(isNew ? "dev eth1" : "dev eth0", route, StringComparison.Ordinal);
        Assert.Equal("10.73.0.77", host.Dig("db", "www"));
        Assert.Equal(host.NetctlOk("inspect", "-f", "{{.NetworkSettings.Networks.front.IPAddress}}", "db"), host.Dig("web", "data"));
        docker.Refused("active endpoints", "network", "rm", "front");
        docker.Refused("already", "network", "connect", "front", "web");
        docker.Refused("No such container: nobody", "network", "connect", "front", "nobody");

        docker.Ok("network", "disconnect", "-f", "front", "web");
        Assert.NotEqual(0, host.Netctl("exec", "web", "ip", "link", "show", "eth1").ExitCode);
        docker.Ok("network", "disconnect", "front", "db");
        docker.Refused("is not connected", "network", "disconnect", "front", "db");
        docker.Refused("is not connected", "network", "disconnect", "-f", "front", "db");
        docker.Ok("network", "create", "--label", "keep", "kept");
        Assert.DoesNotContain("front", docker.Ok("network", "prune", "-f", "--filter", "until=1h"), StringComparison.Ordinal);
        Assert.Equal("Deleted Networks:\nfront", docker.Ok("network", "prune", "-f", "--filter", "label!=keep"));
        Assert.Equal("Deleted Networks:\nkept", docker.Ok("network", "prune", "-f"));
    }
}
