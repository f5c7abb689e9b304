using Net.Cnm.Errors;
using Net.Firewall;
using Net.Firewall.Iptables;

namespace Net.Tests.Unit.Firewall;

public sealed class FirewallBackendChoiceTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("netctl-choice-");

    [Fact]
    public void Iptables_is_taken_when_its_program_is_there()
    {
        File.WriteAllText(Path.Combine(_directory.FullName, "iptables-restore"), "");
        File.WriteAllText(Path.Combine(_directory.FullName, "iptables-save"), "");
        FirewallBackendChoice choice = FirewallBackendChoice.Make(null, new IptablesPrograms(_directory.FullName));
        Assert.Equal(("iptables", "the program iptables is installed"), (choice.Backend, choice.Reason));
    }

    [Fact]
    public void What_was_asked_for_is_taken() =>
        Assert.Equal("nftables", FirewallBackendChoice.Make("nftables", new IptablesPrograms(_directory.FullName)).Backend);

    [Fact]
    public void Another_word_is_refused()
    {
        CnmException error = Assert.Throws<CnmException>(() => FirewallBackendChoice.Make("pf", new IptablesPrograms(null)));
        Assert.Equal(CnmErrorKind.InvalidParameter, error.Kind);
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
