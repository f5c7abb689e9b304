namespace Net.Tests.EndToEnd.Plugins;

/// <summary>Where plug-ins are found, and how they are spoken to.</summary>
public sealed class PluginPlaceTests
{
    [Fact]
    public void A_plug_in_is_found_by_a_spec_file_over_tcp()
    {
        using var host = TestHost.Create();
        host.StartDaemon("--plugin-dir", PluginProcess.FolderOf(host));
        Directory.CreateDirectory(PluginProcess.FolderOf(host));
        using var plugin = PluginProcess.Start(host, "far", "tcp:5999");
        File.WriteAllText(Path.Combine(PluginProcess.FolderOf(host), "far.spec"), "tcp://127.0.0.1:5999\n");
        host.NetctlOk("network", "create", "-d", "far", "--subnet", "10.77.0.0/24", "net");
        host.NetctlOk("run", "-d", "--network", "net", "sleep", "1000");
        Assert.Equal(0, host.Run("ping", "-c1", "-w10", "10.77.0.2").ExitCode);
    }

    [Fact]
    public void A_json_file_names_the_certificate_authority_and_another_one_is_not_believed()
    {
        using var host = TestHost.Create();
        host.StartDaemon("--plugin-dir", PluginProcess.FolderOf(host));
        string folder = Directory.CreateDirectory(PluginProcess.FolderOf(host)).FullName;
        foreach (string name in (string[])["own", "other"])
        {
            host.Shell(
                $"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1 "
                    + $"-keyout {host.Root}/{name}.key -out {host.Root}/{name}.pem 2>/dev/null");
        }

        using var plugin = PluginProcess.Start(host, "safe", "tcp:5998", $"{host.Root}/own.pem", $"{host.Root}/own.key");
        Describe("safe", "own");
        Describe("wrong", "other");
        host.NetctlOk("network", "create", "-d", "safe", "--subnet", "10.77.0.0/24", "net");
        host.NetctlOk("run", "-d", "--network", "net", "sleep", "1000");
        Assert.Equal(0, host.Run("ping", "-c1", "-w10", "10.77.0.2").ExitCode);
        Output refused = host.Netctl("network", "create", "-d", "wrong", "no");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("certificate", refused.StandardError);

        void Describe(string name, string authority) => File.WriteAllText(
            Path.Combine(folder, $"{name}.json"),
            $"{{\"Name\":\"{name}\",\"Addr\":\"https://localhost:5998\",\"TLSConfig\":{{\"CAFile\":\"{host.Root}/{authority}.pem\"}}}}");
    }

    [Theory]
    [InlineData("x.spec", "localhost:99", "is no address of a plug-in")]
    [InlineData("x.spec", "tcp://localhost:70000", "is no address of a plug-in")]
    [InlineData("x.json", "{\"Addr\":", "is no JSON document")]
    [InlineData("x.json", "{\"Addr\":\"https://localhost:1\",\"TLSConfig\":{\"CAFile\":\"/nowhere.pem\"}}", "cannot be read")]
    [InlineData("x.spec", "unix:///nowhere/x.sock", "start it")]
    public void A_file_that_leads_nowhere_is_named(string file, string text, string words)
    {
        using var host = TestHost.Create();
        host.StartDaemon("--plugin-dir", PluginProcess.FolderOf(host));
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(PluginProcess.FolderOf(host)).FullName, file), text);
        Output refused = host.Netctl("network", "create", "-d", "x", "net");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(words, refused.StandardError);
        Assert.Equal(1, refused.StandardError.Count(character => character == '\n'));
    }

    [Theory]
    [InlineData("nosuch")]
    [InlineData("../run/x")]
    public void A_name_that_nothing_has_is_refused_at_once_with_the_drivers_that_there_are(string driver)
    {
        using var host = TestHost.Create();
        host.StartDaemon("--plugin-dir", PluginProcess.FolderOf(host));
        Output refused = host.Netctl("network", "create", "-d", driver, "net");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains($"network driver \"{driver}\" not found; choose one of bridge, ", refused.StandardError);
        Assert.Contains("or start a plug-in of that name", refused.StandardError);
    }
}
