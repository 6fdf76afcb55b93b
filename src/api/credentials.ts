import { z } from "zod";

/** What people and programs sign in with, as a request carries it: bounded before anything is done with it. */
export const nameBody = z.string().min(1).max(200);
export const passwordBody = z.string().min(1).max(1024);
export const secretBody = z.string().min(1).max(500);
export const codeBody = z.string().min(1).max(50);
