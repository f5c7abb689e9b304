using System.Diagnostics;
using System.Globalization;
using Net.Linux.Processes;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Linux;

/// <summary>In which namespaces there are threads, by what unshare(1) has made.</summary>
public class ProcessNamespaceTests
{
    // The first thread ends, and another lives on.
    private const string WithoutFirstThread =
        """
        import ctypes, sys, threading
        threading.Thread(target=lambda: sys.stdin.read()).start()
        print(flush=True)
        ctypes.CDLL(None).pthread_exit(None)
        """;

    [KernelFact]
    public void A_namespace_is_occupied_by_any_thread_and_empty_when_its_last_process_has_ended()
    {
        var start = new ProcessStartInfo("unshare", ["--net", "python3", "-c", WithoutFirstThread])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        Assert.Equal("", process.StandardOutput.ReadLine());
        string id = process.Id.ToString(CultureInfo.InvariantCulture);
        string ended = $"until grep -q '^State:.Z' /proc/{id}/status; do sleep 0.05; done; "
            + $"readlink /proc/{id}/task/*/ns/net 2>/dev/null || true";
        ulong inode = ulong.Parse(Command.Run("sh", "-c", ended).Trim().Split('[', ']')[1], CultureInfo.InvariantCulture);
        Assert.Null(ProcessNamespace.Read(process.Id, ProcessNamespace.Network));
        Assert.Contains(inode, ProcessNamespace.ReadOccupied(ProcessNamespace.Network)!);
        process.StandardInput.Close();
        process.WaitForExit();
        Assert.DoesNotContain(inode, ProcessNamespace.ReadOccupied(ProcessNamespace.Network)!);
    }
}
