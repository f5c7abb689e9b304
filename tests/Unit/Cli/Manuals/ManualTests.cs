using System.CommandLine;
using System.Text.RegularExpressions;
using Net.Cli.CommandLines;
using Net.Cli.Manuals;
using Net.Daemon.Settings;
using Net.Labs.Lessons;
using Net.Labs.Yaml;

namespace Net.Tests.Unit.Cli.Manuals;

/// <summary>The manual has a page for every command, with all of its options, and names all keys of the files that people write.</summary>
public sealed partial class ManualTests
{
    private static readonly Command Root = new CommandTree().Root;
    private static readonly IReadOnlyList<ManualPage> Pages = Manual.Of(Root);

    [Fact]
    public void Every_command_has_a_page_and_the_daemon_one_for_administrators()
    {
        IReadOnlyDictionary<string, string> files = Manual.ForMan(Pages, "1.2.3");
        string[] meant = [.. Names(Root, "netctl").Select(name => name == "netctl-daemon" ? "man8/netctl-daemon.8" : $"man1/{name}.1")];

        Assert.Equal(
            meant.Concat(["man5/daemon.json.5", "man5/netctl-lab.5"]).Order(StringComparer.Ordinal),
            files.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(".so man1/netctl-rm.1\n", files["man1/netctl-container-rm.1"]);
        Assert.DoesNotContain(files.Keys, name => name.Contains("manual", StringComparison.Ordinal));
    }

    [Fact]
    public void A_page_has_every_option_of_its_command_and_its_examples()
    {
        string page = RoffText.Of(Pages.Single(p => p.Name == "netctl-network-create"), "1.2.3");

        Command create = Root.Subcommands.Single(c => c.Name == "network").Subcommands.Single(c => c.Name == "create");
        Assert.All(create.Options, option => Assert.Contains(
            option.Name.Replace("-", "\\-", StringComparison.Ordinal), page, StringComparison.Ordinal));
        Assert.StartsWith(
            ".TH \"NETCTL\\-NETWORK\\-CREATE\" \"1\" \"\" \"netctl 1.2.3\" \"netctl manual\"\n.SH NAME\nnetctl\\-network\\-create \\- ",
            page,
            StringComparison.Ordinal);
        Assert.Contains(".SH \"EXAMPLES\"\n.PP\n.nf\n\\&netctl network create ", page, StringComparison.Ordinal);
        Assert.Contains("netctl\\-network(1)", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".hidden", "\\&.hidden")]
    [InlineData("'quoted'", "\\(aqquoted\\(aq")]
    [InlineData("a \\ b", "a \\(rs b")]
    [InlineData("give `--name`", "give \\fB\\-\\-name\\fR")]
    [InlineData("~/x ^ \"y\"", "\\(ti/x \\(ha \\(dqy\\(dq")]
    public void What_roff_would_take_for_its_own_is_text(string text, string roff)
    {
        var page = new ManualPage("x", 1, "Summary", [new ManualSection("Description", [new ManualBlock.Paragraph(text)])]);

        Assert.EndsWith($".PP\n{roff}\n", RoffText.Of(page, "1"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_of_the_settings_has_each_of_them()
    {
        ManualPage page = Pages.Single(p => p.Name == "daemon.json");
        ManualBlock.Terms keys = page.Sections.Single(s => s.Title == "Keys").Blocks.OfType<ManualBlock.Terms>().Single();

        Assert.Equal(DaemonSettings.All.Select(setting => setting.Key), keys.Entries.Select(entry => entry.Term));
    }

    // A key that is unknown is refused with the list of those that are taken.
    [Theory]
    [InlineData("x-netlab: {KEY: 1, question: Why?, hosts: {a: {}}, steps: [{look: A, run: x}]}", "lab")]
    [InlineData("x-netlab: {question: Why?, hosts: {a: {KEY: 1}}, steps: [{look: A, run: x}]}", "host")]
    [InlineData("x-netlab: {question: Why?, hosts: {a: {}}, links: {l: {KEY: 1}}, steps: [{look: A, run: x}]}", "link")]
    [InlineData("x-netlab: {question: Why?, hosts: {a: {}}, steps: [{look: A, run: x, KEY: 1}]}", "step")]
    [InlineData("x-netlab: {question: Why?, hosts: {a: {}}, steps: [{look: A, run: {run: x, KEY: 1}}]}", "command")]
    public void The_page_of_a_lab_has_the_keys_that_its_reader_takes(string lab, string of)
    {
        IReadOnlyList<(string Key, string Takes)> keys = of switch
        {
            "lab" => LabFilePage.LabKeys,
            "host" => LabFilePage.HostKeys,
            "link" => LabFilePage.LinkKeys,
            "step" => LabFilePage.StepKeys,
            _ => LabFilePage.CommandKeys,
        };
        string folder = Directory.CreateTempSubdirectory("netctl-lab-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, LabReader.FileName), lab.Replace("KEY", "zzzzzz", StringComparison.Ordinal));
            FileFaultException fault = Assert.Throws<FileFaultException>(() => LabReader.Read(folder, _ => null));

            string taken = TakenKeys().Match(fault.Message).Groups[1].Value;
            Assert.Equal(
                taken.Split(", ").Order(StringComparer.Ordinal), keys.Select(key => key.Key).Order(StringComparer.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<string> Names(Command command, string name) =>
        CommandUsage.CommandsOf(command).SelectMany(c => Names(c, $"{name}-{c.Name}")).Prepend(name);

    [GeneratedRegex(@"it takes ([a-z_, ]+)")]
    private static partial Regex TakenKeys();
}
