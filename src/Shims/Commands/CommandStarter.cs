using Microsoft.Win32.SafeHandles;

using Net.Cnm.Errors;
using Net.Cnm.Processes;
using Net.Linux;
using Net.Linux.Descriptors;
using Net.Linux.Processes;
using Net.Linux.Terminals;
using Net.Shims.Logs;

namespace Net.Shims.Commands;

/// <summary>Starts commands in the namespaces of the calling thread.</summary>
internal static class CommandStarter
{
    private const string RootHome = "/root";

    /// <summary>Starts a command; it runs when this returns.</summary>
    /// <param name="config">The command to run.</param>
    /// <param name="sink">The sink for its output.</param>
    /// <exception cref="CnmException">CommandNotFound, CommandNotExecutable, InvalidParameter, Internal; nothing is left
    /// running.</exception>
    internal static RunningCommand Start(ProcessConfig config, IOutputSink sink)
    {
        if (config.Command is not [{ Length: > 0 } name, ..])
        {
            throw new CnmException(CnmErrorKind.InvalidParameter, "no command specified");
        }

        RequireDirectory(config.WorkingDirectory);
        (ProcessCredentials? credentials, string home) = config.User is { } user ? AccountFiles.Read().Find(user) : (null, RootHome);
        string path = CommandLookup.Find(name, config.Environment, config.WorkingDirectory);
        var request = new SpawnRequest
        {
            Path = path,
            Arguments = config.Command,
            Environment = config.Environment.Any(static v => v.StartsWith("HOME=", StringComparison.Ordinal))
                ? config.Environment
                : [.. config.Environment, $"HOME={home}"],
            WorkingDirectory = config.WorkingDirectory,
            Credentials = credentials,
        };
        try
        {
            return config.Terminal ? OnTerminal(request, config, sink) : OnPipes(request, config, sink);
        }
        catch (LinuxException error) when (error.Errno == Errno.NoEntry)
        {
            throw new CnmException(
                CnmErrorKind.CommandNotFound, $"exec: \"{name}\": the interpreter of {path}: no such file or directory", error);
        }
        catch (LinuxException error) when (error.Errno.IsAnyOf(
            Errno.AccessDenied, Errno.ExecFormat, Errno.ArgumentListTooLong, Errno.TextBusy, Errno.NotPermitted, Errno.SymbolicLinkLoop,
            Errno.NotDirectory, Errno.IsDirectory, Errno.InvalidArgument))
        {
            throw new CnmException(CnmErrorKind.CommandNotExecutable, $"exec: \"{name}\": {Describe(error.Errno)}", error);
        }
        catch (LinuxException error)
        {
            throw new CnmException(CnmErrorKind.Internal, $"exec: \"{name}\": {error.Message}", error);
        }
    }

    private static RunningCommand OnPipes(SpawnRequest request, ProcessConfig config, IOutputSink sink)
    {
        PipePair output = PipePair.Create();
        PipePair error = PipePair.Create();
        PipePair? input = config.OpenStandardInput ? PipePair.Create() : null;
        try
        {
            if (request.Credentials is { User: not 0 and var user })
            {
                // So that it can open /dev/stdout and the like, which are these pipes.
                FileOwner.SetUser(output.Writer, user);
                FileOwner.SetUser(error.Writer, user);
                if (input is { } own)
                {
                    FileOwner.SetUser(own.Reader, user);
                }
            }

            int id = ChildProcess.Spawn(request with
            {
                StandardInput = input?.Reader,
                StandardOutput = output.Writer,
                StandardError = error.Writer,
            });
            Descriptor.SetNonBlocking(output.Reader);
            Descriptor.SetNonBlocking(error.Reader);
            if (input is { } pipe)
            {
                Descriptor.SetNonBlocking(pipe.Writer);
            }

            return new RunningCommand
            {
                Process = ProcessIdentity.Of(id) ?? new ProcessIdentity(id, 0),
                Outputs = [new(output.Reader, StreamKind.StandardOutput, sink), new(error.Reader, StreamKind.StandardError, sink)],
                Input = input is { } opened ? new InputPipe(opened.Writer, isTerminal: false) : null,
            };
        }
        catch
        {
            output.Reader.Dispose();
            error.Reader.Dispose();
            input?.Writer.Dispose();
            throw;
        }
        finally
        {
            output.Writer.Dispose();
            error.Writer.Dispose();
            input?.Reader.Dispose();
        }
    }

    private static RunningCommand OnTerminal(SpawnRequest request, ProcessConfig config, IOutputSink sink)
    {
        PseudoTerminal terminal = PseudoTerminal.Open();
        SafeFileHandle? slave = null;
        try
        {
            if (config.TerminalSize is { } size)
            {
                terminal.Resize(size.Rows, size.Columns);
            }

            slave = PseudoTerminal.OpenSlave(terminal.SlavePath);
            if (request.Credentials is { } credentials)
            {
                FileOwner.SetUser(terminal.SlavePath, credentials.User);
            }

            int id = ChildProcess.Spawn(request with { TerminalPath = terminal.SlavePath });
            Descriptor.SetNonBlocking(terminal.Master);
            return new RunningCommand
            {
                Process = ProcessIdentity.Of(id) ?? new ProcessIdentity(id, 0),
                Outputs = [new(terminal.Master, StreamKind.StandardOutput, sink)],
                Input = config.OpenStandardInput ? new InputPipe(terminal.Master, isTerminal: true) : null,
                Terminal = terminal,
                TerminalSlave = slave,
            };
        }
        catch
        {
            slave?.Dispose();
            terminal.Dispose();
            throw;
        }
    }

    // Checked beforehand: after execve(2) a missing directory and a missing program give the same error.
    private static void RequireDirectory(string path)
    {
        if (!Path.IsPathRooted(path))
        {
            throw new CnmException(
                CnmErrorKind.InvalidParameter, $"the working directory \"{path}\" is invalid, it needs to be an absolute path");
        }

        if (File.Exists(path))
        {
            throw new CnmException(CnmErrorKind.CommandNotExecutable, $"chdir to cwd (\"{path}\") failed: not a directory");
        }

        if (!Directory.Exists(path))
        {
            throw new CnmException(CnmErrorKind.CommandNotFound, $"chdir to cwd (\"{path}\") failed: no such file or directory");
        }
    }

    private static string Describe(Errno errno) => errno switch
    {
        _ when errno == Errno.AccessDenied => "permission denied",
        _ when errno == Errno.ExecFormat => "exec format error",
        _ when errno == Errno.ArgumentListTooLong => "argument list too long",
        _ when errno == Errno.TextBusy => "text file busy",
        _ => LinuxException.Describe(errno),
    };
}
