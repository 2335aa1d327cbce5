/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tesseract asks OpenMP for a team of threads at every step along a line. A
 * worker has one thread, and pages are what is read in parallel; but even for
 * one thread libgomp makes a team, wakes nobody and takes it down: more than a
 * hundred thousand system calls a page. This file defines the six functions of
 * libgomp's documented interface that Tesseract calls in the executable, where
 * the dynamic linker finds them first, and simply runs the work.
 *
 * If the linker is told to bind otherwise they are not called, and
 * OMP_THREAD_LIMIT=1 (pool_process.c) gives the same result, slower.
 */
#include "pipeline/openmp_serial.h"

typedef void region(void *data);

/* The sections of the region that is being run. */
struct sections {
    unsigned n, given;
};

static _Thread_local struct sections now;
static _Thread_local unsigned long regions;

void GOMP_parallel(region *work, void *data, unsigned threads, unsigned flags);
void GOMP_parallel_sections(region *work, void *data, unsigned threads,
                            unsigned n, unsigned flags);
unsigned GOMP_sections_next(void);
void GOMP_sections_end_nowait(void);
int omp_get_thread_num(void);
int omp_get_num_threads(void);

void openmp_serial_use(void)
{
    now = (struct sections){0};
}

unsigned long openmp_serial_regions(void)
{
    return regions;
}

void GOMP_parallel(region *work, void *data, unsigned threads, unsigned flags)
{
    (void)threads;
    (void)flags;
    regions++;
    work(data);
}

/* Regions may be nested: the outer one goes on where it was. */
void GOMP_parallel_sections(region *work, void *data, unsigned threads,
                            unsigned n, unsigned flags)
{
    struct sections outer = now;

    (void)threads;
    (void)flags;
    regions++;
    now = (struct sections){.n = n};
    work(data);
    now = outer;
}

/* The number of the next section, from 1; 0: all are done. */
unsigned GOMP_sections_next(void)
{
    return now.given < now.n ? ++now.given : 0;
}

void GOMP_sections_end_nowait(void)
{
}

int omp_get_thread_num(void)
{
    return 0;
}

int omp_get_num_threads(void)
{
    return 1;
}
