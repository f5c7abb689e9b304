using System.Runtime.Versioning;

using Net.Cnm.Errors;
using Net.Firewall;
using Net.Firewall.Iptables;

namespace Net.Tests.Unit.Firewall;

[SupportedOSPlatform("linux")]
public sealed class FirewallBackendChoiceTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("netctl-choice-");

    [Theory]
    [InlineData(
        "iptables-restore v1.8.9 (nf_tables)", IptablesVariant.NfTables, "the program iptables is installed; it is the nf_tables variant")]
    [InlineData("iptables-restore v1.8.9 (legacy)", IptablesVariant.Legacy, "the program iptables is installed; it is the legacy variant")]
    [InlineData("iptables-restore v1.6.1", IptablesVariant.Legacy, "the program iptables is installed; it is the legacy variant")]
    public void Iptables_is_taken_when_its_program_is_there(string version, IptablesVariant variant, string reason)
    {
        Write("iptables-restore", $"#!/bin/sh\necho '{version}'\n");
        Write("iptables-save", "");
        FirewallBackendChoice choice = FirewallBackendChoice.Make(null, new IptablesPrograms(_directory.FullName));
        Assert.Equal(new FirewallBackendChoice("iptables", variant, reason), choice);
    }

    [Fact]
    public void A_program_that_cannot_be_run_is_named()
    {
        File.WriteAllText(Path.Combine(_directory.FullName, "iptables-restore"), "");
        CnmException error =
            Assert.Throws<CnmException>(() => FirewallBackendChoice.Make("iptables", new IptablesPrograms(_directory.FullName)));
        Assert.Equal(CnmErrorKind.Unavailable, error.Kind);
        Assert.Contains(Path.Combine(_directory.FullName, "iptables-restore"), error.Message, StringComparison.Ordinal);
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

    private void Write(string name, string script)
    {
        string path = Path.Combine(_directory.FullName, name);
        File.WriteAllText(path, script);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
