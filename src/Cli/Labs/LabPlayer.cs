using System.Diagnostics;
using Net.Api.Clients;
using Net.Labs.Lessons;
using Net.Labs.Lessons.Models;
using Net.Labs.Pictures;
using Net.Labs.Pictures.Parts;
using Net.Labs.Worlds;

namespace Net.Cli.Labs;

/// <summary>Brings a lab up, goes through its steps, and ends it.</summary>
/// <param name="keeps">Whether a lab stays up when a step fails.</param>
/// <param name="writes">Whether the lab's page and drawing are written anew.</param>
internal sealed class LabPlayer(bool keeps, bool writes)
{
    private const int DrawingColumns = 100;

    /// <summary>Plays a lab.</summary>
    /// <exception cref="FormatException">It does not come up, or does not end.</exception>
    public async Task<PlayedLab> PlayAsync(Lab lab, ILabReport report, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        World world = await WorldStart.RunAsync(lab, report, cancellationToken);
        TimeSpan ready = Stopwatch.GetElapsedTime(began);
        LabFault? fault = null;
        bool isKept = false;
        try
        {
            fault = await RunAsync(world, report, cancellationToken);
            isKept = keeps && fault is not null;
        }
        finally
        {
            if (!isKept)
            {
                await WorldStop.RunAsync(world.State);
            }
        }

        return new PlayedLab(lab) { Fault = fault, IsKept = isKept, Ready = ready, Whole = Stopwatch.GetElapsedTime(began) };
    }

    /// <summary>Plays one lab of many: what keeps it from coming up is part of the answer.</summary>
    public async Task<PlayedLab> PlayAsOneOfManyAsync(Lab lab, ILabReport report, CancellationToken cancellationToken)
    {
        try
        {
            return await PlayAsync(lab, report, cancellationToken);
        }
        catch (Exception error) when (error is FormatException or ApiException or DaemonUnreachableException
            or IOException or UnauthorizedAccessException)
        {
            return new PlayedLab(lab) { Error = error };
        }
    }

    private async Task<LabFault?> RunAsync(World world, ILabReport report, CancellationToken cancellationToken)
    {
        Lab lab = world.Lab;
        LabStep? drawn = writes ? lab.Steps.LastOrDefault(step => step.IsDrawn) ?? lab.Steps[^1] : null;
        Picture? picture = null;
        LabFault? fault = await new LabRun(world, report)
        {
            AfterStep = async step => picture = step == drawn ? await WorldPicture.ReadAsync(world, cancellationToken) : picture,
        }.RunAsync(cancellationToken);
        if (fault is null && picture is not null)
        {
            Write(lab, picture);
        }

        return fault;
    }

    private static void Write(Lab lab, Picture picture)
    {
        File.WriteAllText(Path.Combine(lab.Folder, LabReadme.DrawingName), PictureFormats.Draw(picture, "svg", DrawingColumns));
        File.WriteAllText(
            Path.Combine(lab.Folder, LabReadme.FileName),
            LabReadme.Of(lab, PictureFormats.Draw(picture, PictureFormats.Text, DrawingColumns)));
    }
}
