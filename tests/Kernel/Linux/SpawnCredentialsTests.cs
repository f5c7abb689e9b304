using Net.Linux;
using Net.Linux.Processes;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Linux;

/// <summary>A process that is started as a user; what the starting thread has afterwards.</summary>
public sealed class SpawnCredentialsTests
{
    private static readonly ProcessCredentials User = new(4001, 4002, [4002, 4003]);

    [KernelFact]
    public void A_thread_has_its_own_rights_back_whether_the_program_could_be_executed_or_not()
    {
        string folder = Directory.CreateTempSubdirectory("netctl-test-").FullName;
        string seen = Path.Combine(folder, "seen");
        File.WriteAllText(seen, "");
        Command.Run("chmod", "755", folder);
        Command.Run("chmod", "666", seen);
        string[] before = [];
        string[] after = [];
        LinuxException? refused = null;
        var thread = new Thread(() =>
        {
            before = OwnStatus();
            int id = ChildProcess.Spawn(RequestOf("/bin/sh", "-c", $"grep -E '^(Uid|Gid|Groups|CapEff):' /proc/self/status > {seen}"));
            Assert.True(SpinWait.SpinUntil(() => ChildProcess.TryReap(id), TimeSpan.FromSeconds(30)));
            string secret = Path.Combine(folder, "secret");
            Command.Run("mkdir", "-m", "700", secret);
            File.Copy("/bin/true", Path.Combine(secret, "true"));
            refused = Assert.Throws<LinuxException>(() => ChildProcess.Spawn(RequestOf(Path.Combine(secret, "true"))));
            after = OwnStatus();
        });
        try
        {
            thread.Start();
            thread.Join();

            Assert.Equal(Errno.AccessDenied, refused!.Errno);
            Assert.Equal(before, after);
            Assert.Equal(
                "Uid: 4001 4001 4001 4001|Gid: 4002 4002 4002 4002|Groups: 4002 4003|CapEff: 0000000000000000",
                string.Join('|', File.ReadAllLines(seen).Select(Spaced)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static SpawnRequest RequestOf(string path, params string[] arguments) => new()
    {
        Path = path,
        Arguments = [path, .. arguments],
        Environment = ["PATH=/usr/bin:/bin"],
        Credentials = User,
    };

    private static string[] OwnStatus() =>
    [
        .. File.ReadAllLines("/proc/thread-self/status")
            .Where(line => line.StartsWith("Uid", StringComparison.Ordinal) || line.StartsWith("Gid", StringComparison.Ordinal)
                || line.StartsWith("Groups", StringComparison.Ordinal) || line.StartsWith("CapEff", StringComparison.Ordinal)
                || line.StartsWith("CapPrm", StringComparison.Ordinal)),
    ];

    private static string Spaced(string line) => string.Join(' ', line.Split(['\t', ' '], StringSplitOptions.RemoveEmptyEntries));
}
