using System.Text.RegularExpressions;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Packaging;

/// <summary>The manual that netctl writes, as man(1) reads it.</summary>
public sealed partial class ManualPageTests : IDisposable
{
    private const int Width = 80;

    private readonly string _folder = Directory.CreateTempSubdirectory("netctl-manual-").FullName;

    [ProgramFact("man")]
    public void Every_page_is_formatted_without_a_warning_and_fits_a_terminal()
    {
        using TestHost host = TestHost.Create();
        host.Netctl("manual", _folder);

        string[] pages = Directory.GetFiles(_folder, "*", SearchOption.AllDirectories);
        Assert.True(pages.Length > 70, $"{pages.Length} pages");
        Assert.All(pages, page =>
        {
            CommandResult shown = Command.TryRun(
                "env", "LC_ALL=C.UTF-8", $"MANWIDTH={Width}", "man", "-M", _folder, "--warnings", "-Tutf8", "-P", "cat", "-l", page);
            Assert.Equal((0, ""), (shown.ExitCode, shown.Error));
            Assert.DoesNotContain(Emphasis().Replace(shown.Output, "").Split('\n'), line => line.Length > Width);
        });
    }

    [ProgramFact("man")]
    public void A_page_is_found_by_its_name_and_says_what_help_says()
    {
        using TestHost host = TestHost.Create();
        host.Netctl("manual", _folder);

        string Shown(params string[] names) => Command.Run(
            "env", ["LC_ALL=C.UTF-8", $"MANWIDTH={Width}", "MAN_KEEP_FORMATTING=", "man", "-M", _folder, "-P", "cat", .. names]);
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

    // Bold and underlined text, as groff writes it: by escape sequences, or by characters that are printed over.
    [GeneratedRegex(@"\x1b\[[0-9;]*m|.\x08")]
    private static partial Regex Emphasis();
}
