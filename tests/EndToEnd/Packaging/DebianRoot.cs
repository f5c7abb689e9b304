using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Packaging;

/// <summary>The files of a fresh Debian 12, made from its packages (debootstrap(8)), and the package of netctl. Both are made once for all
/// tests.</summary>
public sealed class DebianRoot : IDisposable
{
    // What a machine that netctl is installed on has; and what the tests look with.
    private const string Packages = "systemd,systemd-sysv,dbus,adduser,init-system-helpers,iproute2,iptables,nftables,procps,busybox,curl";

    private readonly string _folder = Directory.CreateTempSubdirectory("netctl-debian-").FullName;

    public DebianRoot()
    {
        Path = System.IO.Path.Combine(_folder, "root");
        CommandResult made = Command.TryRun("debootstrap", "--variant=minbase", $"--include={Packages}", "bookworm", Path);
        Assert.True(made.ExitCode == 0, $"debootstrap: {made.Output}{made.Error}");
        Package = Make("packaging/deb/make.sh");
        LaterPackage = Make("packaging/deb/make.sh 99.0.0");
        Tarball = Make("packaging/tarball/make.sh");
    }

    /// <summary>The program under test, which is what the packages are made of.</summary>
    public static string Binary => Environment.GetEnvironmentVariable("NETCTL_BINARY")
        ?? System.IO.Path.Combine(TestHost.RepositoryRoot(), "artifacts", "netctl", "netctl");

    /// <summary>The folder with the files.</summary>
    public string Path { get; }

    /// <summary>The folder with the packages, which machines have as <c>/media/packages</c>.</summary>
    public string PackageFolder => _folder;

    /// <summary>The path of the package of netctl.</summary>
    public string Package { get; }

    /// <summary>The path of the same package under a later version.</summary>
    public string LaterPackage { get; }

    /// <summary>The path of the tarball.</summary>
    public string Tarball { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Of the program under test, in place of one that is compiled for the package.
    private string Make(string command)
    {
        CommandResult made = Command.TryRun(
            "env", $"NETCTL_PUBLISHED={System.IO.Path.GetDirectoryName(Binary)}", $"NETCTL_PACKAGES={_folder}",
            "sh", "-c", $"cd '{TestHost.RepositoryRoot()}' && {command}");
        Assert.True(made.ExitCode == 0, $"{command}: {made.Output}{made.Error}");
        return made.Output.Trim();
    }
}
