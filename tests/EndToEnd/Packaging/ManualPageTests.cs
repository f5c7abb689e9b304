using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Packaging;

/// <summary>The manual that netctl writes, as man(1) reads it.</summary>
public sealed class ManualPageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("netctl-manual-").FullName;

    [ProgramFact("man")]
    public void Every_page_is_formatted_without_a_warning()
    {
        using TestHost host = TestHost.Create();
        host.Netctl("manual", _folder);

        string[] pages = Directory.GetFiles(_folder, "*", SearchOption.AllDirectories);
        Assert.True(pages.Length > 70, $"{pages.Length} pages");
        Assert.All(pages, page =>
        {
            CommandResult shown = Command.TryRun(
                "env", "LC_ALL=C.UTF-8", "MANWIDTH=80", "man", "-M", _folder, "--warnings", "-Tutf8", "-P", "cat", "-l", page);
            Assert.Equal((0, ""), (shown.ExitCode, shown.Error));
        });
    }

    [ProgramFact("man")]
    public void A_page_is_found_by_its_name_and_says_what_help_says()
    {
        using TestHost host = TestHost.Create();
        host.Netctl("manual", _folder);

        string Shown(params string[] names) => Command.Run(
            "env", ["LC_ALL=C.UTF-8", "MANWIDTH=80", "MAN_KEEP_FORMATTING=", "man", "-M", _folder, "-P", "cat", .. names]);
        string page = Shown("netctl-network-create");
        Assert.Contains("netctl network create [OPTIONS] NETWORK", page, StringComparison.Ordinal);
        Assert.Contains("--ip-range CIDR", page, StringComparison.Ordinal);
        Assert.Contains("netctl network create --subnet 10.5.0.0/24 --gateway 10.5.0.1 front", page, StringComparison.Ordinal);
        Assert.Equal(Shown("netctl-rm"), Shown("netctl-container-rm"));
        Assert.Contains("default-address-pools", Shown("5", "daemon.json"), StringComparison.Ordinal);
        Assert.Contains("x-netlab", Shown("5", "netctl-lab"), StringComparison.Ordinal);
        Assert.Contains("netctl daemon [OPTIONS]", Shown("8", "netctl-daemon"), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
