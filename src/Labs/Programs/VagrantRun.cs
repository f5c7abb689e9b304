using System.Collections;
using System.Diagnostics;
using Net.Labs.Lessons.Models;

namespace Net.Labs.Programs;

/// <summary>Runs <c>vagrant</c> for the machines of a Vagrantfile.</summary>
/// <param name="folder">The folder of the Vagrantfile.</param>
internal sealed class VagrantRun(string folder)
{
    private const string Program = "vagrant";

    /// <summary>Runs it to its end and takes what it says.</summary>
    /// <exception cref="FormatException">Vagrant is not installed.</exception>
    public async Task<Seen> AskAsync(string[] arguments, CancellationToken cancellationToken)
    {
        Require();
        return await ProgramRun.RunAsync(Program, arguments, Variables(), "", cancellationToken);
    }

    /// <summary>Runs it with its output on this process's own, and gives its exit code.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">What it reads from standard input.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="FormatException">Vagrant is not installed.</exception>
    public async Task<int> ShowAsync(string[] arguments, Stream input, CancellationToken cancellationToken)
    {
        Require();
        using Process process = ProgramRun.StartWithInput(Program, arguments, Variables());
        try
        {
            await WriteAsync(process, input, cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static void Require()
    {
        if (ProgramRun.Find(Program) is null)
        {
            throw new FormatException(
                "Vagrant is not installed, and virtual machines are reached by it: \"apt-get install vagrant vagrant-libvirt\"");
        }
    }

    private static async Task WriteAsync(Process process, Stream input, CancellationToken cancellationToken)
    {
        try
        {
            await input.CopyToAsync(process.StandardInput.BaseStream, cancellationToken);
        }
        catch (IOException)
        {
            // It has ended without reading all; its exit code says why.
        }
        finally
        {
            await process.StandardInput.BaseStream.DisposeAsync(); // or it waits for more
        }
    }

    private Dictionary<string, string> Variables() =>
        new(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(
            variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value ?? "")))
        {
            ["VAGRANT_CWD"] = folder,
            ["VAGRANT_CHECKPOINT_DISABLE"] = "1",
        };
}
